using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Languages;

/// <summary>All that payers read on pages and in mails, in one language. Read once, and the same from then on.</summary>
internal sealed class Texts
{

    private readonly string datePattern;

    internal Texts(Language language)
    {
        Language = language;
        datePattern = DatePatternOf(language.Culture);
        var file = TextFile.Of(language.Tag);
        Page = new PageTexts(file);
        Masthead = new MastheadTexts(file);
        Home = new HomeTexts(file);
        Facts = new FactsTexts(file);
        Methods = new MethodsTexts(file);
        Payment = new PaymentTexts(file);
        Waiting = new WaitingTexts(file);
        Paid = new PaidTexts(file);
        Receipt = new ReceiptTexts(file);
        Link = new LinkTexts(file);
        Simulation = new SimulationTexts(file);
        Form = new FormTexts(file);
        Decline = new DeclineTexts(file);
        Errors = new ErrorsTexts(file);
        Mail = new MailTexts(file);
    }

    /// <summary>The language of the API, and of pages where no other is asked for.</summary>
    public static Texts English => Language.English.Texts;

    public Language Language { get; }

    public PageTexts Page { get; }

    public MastheadTexts Masthead { get; }

    public HomeTexts Home { get; }

    public FactsTexts Facts { get; }

    public MethodsTexts Methods { get; }

    public PaymentTexts Payment { get; }

    public WaitingTexts Waiting { get; }

    public PaidTexts Paid { get; }

    public ReceiptTexts Receipt { get; }

    public LinkTexts Link { get; }

    public SimulationTexts Simulation { get; }

    public FormTexts Form { get; }

    public DeclineTexts Decline { get; }

    public ErrorsTexts Errors { get; }

    public MailTexts Mail { get; }

    /// <summary>An amount in Singapore dollars, such as <c>S$11.30</c>, and <c>−S$0.50</c> of what is taken off.</summary>
    public string Dollars(long cents) =>
        string.Create(Language.Culture, $"{(cents < 0 ? "−" : "")}S${Math.Abs(cents) / 100m:N2}");

    /// <summary>
    /// Such as <c>Rp 20.000</c>, and <c>−Rp 5.000</c> of what is taken off: whole rupiah, grouped as in Indonesia whatever the language is, because payers compare
    /// them with what the app of their bank says.
    /// </summary>
    public static string Rupiah(long rupiah)
    {
        var digits = Count(Math.Abs(rupiah));
        return rupiah < 0 ? $"−Rp {digits}" : $"Rp {digits}";
    }

    /// <summary>Such as <c>1.000</c>: a number of things that cost rupiah, grouped as they are.</summary>
    public static string Count(long number) => number.ToString("N0", Language.Indonesian.Culture);

    /// <summary>The date in Singapore, such as <c>19 Jul 2026</c>.</summary>
    public string Date(DateTimeOffset time) => Date(time, Platform.Json.SingaporeTime.Offset);

    /// <summary>A day, whatever the time zone.</summary>
    public string Date(DateOnly day) => day.ToString(datePattern, Language.Culture);

    /// <summary>Such as <c>19 Jul 2026, 15:04 (Singapore time)</c>.</summary>
    public string SingaporeTime(DateTimeOffset time) => Facts.SingaporeTime(Time(time, Platform.Json.SingaporeTime.Offset));

    /// <summary>Such as <c>19 Jul 2026, 14:04 (Jakarta time)</c>.</summary>
    public string JakartaTime(DateTimeOffset time) => Facts.JakartaTime(Time(time, Platform.Json.JakartaTime.Offset));

    private string Date(DateTimeOffset time, TimeSpan offset) => time.ToOffset(offset).ToString(datePattern, Language.Culture);

    /// <summary>With the hours from 0 to 23 in every language: a receipt's time is read in one way only.</summary>
    private Sentence Time(DateTimeOffset time, TimeSpan offset) => Facts.DateAndTime(Date(time, offset), time.ToOffset(offset).ToString("HH:mm", Language.Culture));

    /// <summary>How the culture writes a date in full, without the day of the week and with a short month.</summary>
    private static string DatePatternOf(CultureInfo culture) => culture.DateTimeFormat.LongDatePattern
        .Replace("dddd", "", StringComparison.Ordinal)
        .Replace("MMMM", "MMM", StringComparison.Ordinal)
        .Trim(' ', ',', '\'');
}
