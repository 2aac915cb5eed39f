namespace PaySg.Functions.Management.PaymentServices;

internal static class PageJson
{
    /// <param name="page">What was asked for.</param>
    /// <param name="entries">The page's entries and, where there is a next page, one more.</param>
    /// <param name="idOf">An entry's id, which is its cursor.</param>
    /// <param name="write">Prints an entry.</param>
    public static byte[] Print<T>(PageRequest page, IReadOnlyList<T> entries, Func<T, string> idOf, Action<Utf8JsonWriter, T> write) => JsonText.Write(json =>
    {
        var shown = entries.Take(page.Limit).ToList();
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var entry in shown)
            write(json, entry);

        json.WriteEndArray();
        PageInfoJson.Write(
            json, entries.Count > page.Limit, page.After is not null, shown.Count > 0 ? idOf(shown[0]) : null, shown.Count > 0 ? idOf(shown[^1]) : null);
        json.WriteEndObject();
    });
}
