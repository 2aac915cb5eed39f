namespace PaySg.Functions.Platform.Markup;

/// <summary>A PayNow QR code: an EMVCo payload whose merchant account, object 26, is that of PayNow. Banks read the amount and do not let it be changed.</summary>
internal static class PayNowQr
{
    /// <summary>The UEN that the sandbox is paid at. There is no entity type XX, so no such UEN is ever issued.</summary>
    public const string SandboxUen = "T99XX9999X";

    /// <summary>What the code calls whoever has no name in Latin letters. Banks show the name that the UEN is registered under.</summary>
    public const string NoName = "NA";

    private const int MaxName = 25;
    private const string DynamicCode = "12";
    private const string ProxyIsUen = "2";
    private const string AmountIsLocked = "0";
    private const string NoCategory = "0000";
    private const string SingaporeDollar = "702";

    /// <summary>The text of the code.</summary>
    /// <param name="uen">Who is paid.</param>
    /// <param name="name">
    /// The name of who is paid. Object 59 takes characters of ASCII alone (EMVCo, table 4.3, format "ans"), so letters lose their accents; at most 25 of them, and whole
    /// words as far as that goes.
    /// </param>
    /// <param name="amountInCents">How much.</param>
    /// <param name="reference">Comes back with the payment; at most 25 characters.</param>
    /// <param name="goodUntil">When banks refuse it from, to the second.</param>
    public static string Of(string uen, string name, long amountInCents, string reference, DateTimeOffset goodUntil) => new EmvPayload()
        .Add("00", "01")
        .Add("01", DynamicCode)
        .Add("26", new EmvPayload()
            .Add("00", "SG.PAYNOW")
            .Add("01", ProxyIsUen)
            .Add("02", uen)
            .Add("03", AmountIsLocked)
            .Add("04", goodUntil.ToOffset(SingaporeTime.Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)))
        .Add("52", NoCategory)
        .Add("53", SingaporeDollar)
        .Add("54", string.Create(CultureInfo.InvariantCulture, $"{amountInCents / 100}.{amountInCents % 100:00}"))
        .Add("58", "SG")
        .Add("59", NameOf(name))
        .Add("60", "Singapore")
        .Add("62", new EmvPayload().Add("01", reference))
        .WithChecksum();

    private static string NameOf(string name)
    {
        var ascii = AsciiFold.Of(name);
        if (ascii.Length <= MaxName)
            return ascii.Length == 0 ? NoName : ascii;

        var end = ascii.LastIndexOf(' ', MaxName);
        return ascii[..(end > 0 ? end : MaxName)];
    }
}
