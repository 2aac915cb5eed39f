using PaySg.Functions.Languages;

namespace PaySg.Functions.Pages;

/// <summary>Whoever reads a page: in which language.</summary>
/// <param name="Say">All words in the reader's language.</param>
internal sealed record Reader(Texts Say)
{
    /// <summary>Who sent a request.</summary>
    public static Reader Of(HttpRequest request) => new(Texts.English);
}
