using Microsoft.Net.Http.Headers;
using PaySg.Functions.Languages;

namespace PaySg.Functions.Pages;

/// <summary>Whoever reads a page: in which language, and in which others they may.</summary>
/// <param name="Say">All words in the reader's language.</param>
/// <param name="Offered">The languages of the page.</param>
/// <param name="Query">The query of the page without the choice of a language; empty: none.</param>
/// <param name="IsSwitching">Whether the reader chose the language just now, which is to be remembered.</param>
internal sealed record Reader(Texts Say, IReadOnlyList<Language> Offered, QueryString Query, bool IsSwitching)
{
    /// <summary>The parameter and the cookie that hold the choice: a tag such as <c>zh</c> and nothing else.</summary>
    public const string Choice = "lang";

    private static readonly PathString Links = "/b2b";

    /// <summary>What stands in the addresses of pages: a query that anybody made up is not printed.</summary>
    private static readonly IReadOnlyList<string> Known = ["step", "method", "reason", "attempt", "form"];

    /// <summary>Whoever sent a request.</summary>
    /// <param name="locale">The language that the payment or link was created with; null: none, or not known yet.</param>
    /// <param name="chosen">The tag that a button of a form asks for; empty: none.</param>
    public static Reader Of(HttpRequest request, string? locale = null, string chosen = "")
    {
        var offered = OfferedAt(request);
        var switched = Language.Find(offered, chosen.Length > 0 ? chosen : request.Query[Choice]);
        return new Reader((switched ?? WishOf(request).Among(offered, locale)).Texts, offered, QueryOf(request), switched is not null);
    }

    /// <summary>Whoever asks for a document by the API: the languages of the request's headers, and else that of the payer.</summary>
    /// <param name="payers">The language of the payer; null: not known.</param>
    public static Reader OfDocument(HttpRequest request, string? payers) =>
        new((WishOf(request).OfAccepted(Language.OfPayments) ?? Language.Find(Language.OfPayments, payers) ?? Language.English).Texts, [], QueryString.Empty, IsSwitching: false);

    /// <summary>In which languages whoever sent a request wants to read.</summary>
    public static LanguageWish WishOf(HttpRequest request) => new(request.Cookies[Choice], Accepted(request));

    /// <summary>Whether the page is that of a payment link, whose payee is no agency.</summary>
    public bool IsOfLink => Offered == Language.OfLinks;

    /// <summary>The address of the same page in another language.</summary>
    public string AddressIn(Language language) => Query.Add(Choice, language.Tag).Value!;

    private static IReadOnlyList<Language> OfferedAt(HttpRequest request) =>
        request.Path.StartsWithSegments(Links, StringComparison.OrdinalIgnoreCase) ? Language.OfLinks : Language.OfPayments;

    private static QueryString QueryOf(HttpRequest request) => QueryString.Create(
        from name in Known
        let value = request.Query[name]
        where value.Count == 1 && value[0]!.Length <= 100
        select KeyValuePair.Create(name, value));

    private static IReadOnlyList<string> Accepted(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var tags)
            ? [.. from tag in tags where tag.Quality is null or > 0 orderby tag.Quality ?? 1 descending select tag.Value.ToString()]
            : [];
}
