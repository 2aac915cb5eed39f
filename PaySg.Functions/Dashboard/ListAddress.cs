namespace PaySg.Functions.Dashboard;

/// <summary>
/// What the address of a list asks for. What it gives twice, or what the list does not have, would be dropped without a word: then the list looks as if it had been
/// searched, and shows something else.
/// </summary>
internal static class ListAddress
{
    /// <summary>The parameter that says behind which entry a page begins.</summary>
    public const string After = "after";

    private const int LongestName = 40;

    /// <summary>A mistake for each parameter that is given more than once, and for each that asks for something and is not known.</summary>
    /// <param name="fields">The fields of the list's form. The first one stands for what is none of them.</param>
    /// <param name="others">What else its addresses have: the place in the list.</param>
    public static IReadOnlyList<FieldError> Check(IQueryCollection query, IReadOnlyList<string> fields, params string[] others) =>
    [
        .. fields.Where(field => query[field].Count > 1).Select(static field => new FieldError(field, "This address asks for two of these. Choose one.")),
        .. others.Where(other => query[other].Count > 1).Select(_ => new FieldError(fields[0], "This address asks for two pages of the list. Search again.")),
        .. query.Where(pair => !Has(fields, pair.Key) && !Has(others, pair.Key) && !string.IsNullOrWhiteSpace(pair.Value.ToString())).Select(pair => new FieldError(
            fields[0], $"This address asks for {TextStart.Of(pair.Key, LongestName)}{(pair.Key.Length > LongestName ? "…" : "")}, by which nothing is searched here. Search again.")),
    ];

    /// <summary>The same for a list without a form.</summary>
    /// <param name="known">What its addresses have.</param>
    /// <exception cref="ApiException">400: <see cref="NoSuchPage"/>.</exception>
    public static void Require(IQueryCollection query, params string[] known)
    {
        if (query.Any(pair => Has(known, pair.Key) ? pair.Value.Count > 1 : !string.IsNullOrWhiteSpace(pair.Value.ToString())))
            throw NoSuchPage();
    }

    /// <summary>The id of the entry that the page begins behind; null: it is the first page.</summary>
    /// <exception cref="ApiException">400: <see cref="NoSuchPage"/>.</exception>
    public static string? ReadAfter(IQueryCollection query, Func<string, bool> isId)
    {
        if (!query.TryGetValue(After, out var texts))
            return null;

        var id = texts.ToString();
        return isId(id) ? id : throw NoSuchPage();
    }

    /// <summary>The address is not one that the list leads to.</summary>
    public static ApiException NoSuchPage() => ApiErrors.InvalidParameter(After, "must be that of a link of the list.");

    // Queries are looked up without regard to case.
    private static bool Has(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
