namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>
/// The addresses of a payment link's page. An attempt's own address holds its number, which only its payer knows: the link's address is everybody's.
/// </summary>
internal static class LinkPagePath
{
    public const string Method = "method";
    public const string Details = "details";
    public const string Waiting = "waiting";

    /// <summary>The picture of the QR code that the payer is to scan.</summary>
    public const string Qr = "qr";
    public const string Done = "done";

    /// <summary>The link's page, from the root of the site: a <c>reff_no</c> holds nothing that would have to be escaped.</summary>
    public static string Of(string root, string reffNo) => $"{root}/b2b/{reffNo}";

    /// <summary>The query of a step.</summary>
    public static string Step(string step) => $"?step={step}";

    /// <summary>The query of the step that asks for what a method takes.</summary>
    public static string DetailsOf(string methodCode) => $"?step={Details}&method={methodCode}";

    /// <summary>The query of an attempt, for the payer who has just done something about it and waits for what comes of it.</summary>
    public static string AttemptOf(string attemptNo) => $"?attempt={attemptNo}&step={Waiting}";

    /// <summary>The query of an attempt's QR code as a picture.</summary>
    public static string QrOf(string attemptNo) => $"?attempt={attemptNo}&step={Qr}";

    /// <summary>The query of an attempt that is known to be paid.</summary>
    public static string PaidOf(string attemptNo) => $"?attempt={attemptNo}&step={Done}";

    /// <summary>The query of what came of a form, where the attempt that it began is not known yet.</summary>
    public static string FormOf(string formKey) => $"?form={formKey}";
}
