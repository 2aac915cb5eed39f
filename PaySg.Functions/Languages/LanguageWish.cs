namespace PaySg.Functions.Languages;

/// <summary>In which languages somebody wants to read. Nothing in it is trusted: whatever names no language that is offered is as good as absent.</summary>
/// <param name="Chosen">The tag that was chosen by the switch of a page; null: none.</param>
/// <param name="Accepted">The tags that the browser is set to (RFC 9110, section 12.5.4), most wanted first.</param>
internal sealed record LanguageWish(string? Chosen, IReadOnlyList<string> Accepted)
{
    /// <summary>Nothing is wished.</summary>
    public static LanguageWish None { get; } = new(null, []);

    /// <summary>The language to be read: the one that was chosen, that of whoever asks for the money, one that the browser is set to, or else English.</summary>
    /// <param name="offered">The languages that there are.</param>
    /// <param name="locale">The tag that the payment or link was created with; null: none.</param>
    public Language Among(IReadOnlyList<Language> offered, string? locale) =>
        Language.Find(offered, Chosen) ?? Language.Find(offered, locale) ?? OfAccepted(offered) ?? Language.English;

    /// <summary>The first language that the browser is set to and that is offered; null: there is none.</summary>
    public Language? OfAccepted(IReadOnlyList<Language> offered) =>
        Accepted.Select(tag => Language.Find(offered, Primary(tag))).FirstOrDefault(language => language is not null);

    /// <summary>The language itself without script and region (RFC 5646, section 2.2.1). Indonesian has an old name that some devices still send.</summary>
    private static string Primary(string tag)
    {
        var primary = tag.Split('-')[0].ToLowerInvariant();
        return primary == "in" ? "id" : primary;
    }
}
