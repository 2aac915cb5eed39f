namespace PaySg.Functions.Languages;

/// <summary>A language that pages and mails are written in.</summary>
internal sealed class Language
{
    private readonly Lazy<Texts> texts;

    /// <param name="tag">Its name in cookies, addresses, the API and the text files.</param>
    /// <param name="htmlTag">Its tag in HTML and HTTP (BCP 47).</param>
    /// <param name="ownName">What it calls itself.</param>
    /// <param name="culture">Whose dates and numbers it has. A language of Singapore has those of Singapore.</param>
    /// <param name="gap">What stands between two sentences.</param>
    private Language(string tag, string htmlTag, string ownName, string culture, string gap = " ")
    {
        Tag = tag;
        HtmlTag = htmlTag;
        OwnName = ownName;
        Culture = CultureInfo.GetCultureInfo(culture);
        Gap = gap;
        texts = new Lazy<Texts>(() => new Texts(this));
    }

    /// <summary>The language where no other is asked for, and that of the API.</summary>
    public static Language English { get; } = new("en", "en", "English", "en-SG");

    public static Language Chinese { get; } = new("zh", "zh-Hans", "中文", "zh-SG", gap: "");

    public static Language Malay { get; } = new("ms", "ms", "Bahasa Melayu", "ms-SG");

    public static Language Tamil { get; } = new("ta", "ta", "தமிழ்", "ta-SG");

    public static Language Indonesian { get; } = new("id", "id", "Bahasa Indonesia", "id-ID");

    /// <summary>The languages of payments: the official ones of Singapore.</summary>
    public static IReadOnlyList<Language> OfPayments { get; } = [English, Chinese, Malay, Tamil];

    /// <summary>The languages of payment links.</summary>
    public static IReadOnlyList<Language> OfLinks { get; } = [Indonesian, English];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } = [.. OfPayments, Indonesian];

    /// <summary>Its name in cookies, addresses, the API and the text files.</summary>
    public string Tag { get; }

    /// <summary>Its tag in HTML and HTTP (BCP 47).</summary>
    public string HtmlTag { get; }

    /// <summary>What it calls itself.</summary>
    public string OwnName { get; }

    /// <summary>Its names of months, and how it writes dates and numbers.</summary>
    public CultureInfo Culture { get; }

    /// <summary>What stands between two sentences: nothing in Chinese.</summary>
    public string Gap { get; }

    /// <summary>Its words, read when they are first asked for.</summary>
    public Texts Texts => texts.Value;

    /// <summary>The language with this tag among some; null: none of them, or no tag.</summary>
    public static Language? Find(IReadOnlyList<Language> among, string? tag) => among.FirstOrDefault(language => language.Tag == tag);
}
