using System.Text.Json;
using PaySg.Functions.Json;

namespace PaySg.Functions.Access.Management;

/// <summary>Prints a page of a list.</summary>
internal static class PageJson
{
    /// <summary>The page.</summary>
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
        {
            write(json, entry);
        }

        json.WriteEndArray();
        json.WriteStartObject("page_info");
        json.WriteBoolean("has_next_page", entries.Count > page.Limit);
        json.WriteBoolean("has_previous_page", page.After is not null);
        json.WriteString("start_cursor", shown.Count > 0 ? idOf(shown[0]) : null);
        json.WriteString("end_cursor", shown.Count > 0 ? idOf(shown[^1]) : null);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
