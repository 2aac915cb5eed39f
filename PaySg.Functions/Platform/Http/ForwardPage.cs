using System.Buffers.Text;

namespace PaySg.Functions.Platform.Http;

/// <summary>Which page of a list a caller asks for, forward only: <c>limit</c> and <c>after</c>.</summary>
/// <param name="Limit">How many entries at most.</param>
/// <param name="After">The id of the entry that the page begins behind; null: at the beginning.</param>
internal sealed record ForwardPage(int Limit, string? After)
{
    /// <param name="idPrefix">What ids of the listed things begin with.</param>
    /// <param name="filters">The list's other parameters.</param>
    /// <exception cref="ApiException">400 for a limit or cursor that is none, for a parameter that the list does not have, and for one that is given twice.</exception>
    public static ForwardPage Read(IQueryCollection query, string idPrefix, params ReadOnlySpan<string> filters)
    {
        KnownParameters.Check(query, ["limit", "after", .. filters]);
        return new ForwardPage(PageLimit.Read(query["limit"]), ReadAfter(query, idPrefix));
    }

    /// <summary>200 and the page.</summary>
    public ApiAnswer Answer<T>(RowPage<T> page, Func<T, string> idOf, Action<System.Text.Json.Utf8JsonWriter, T> write)
        where T : class
    {
        return new ApiAnswer(200, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var entry in page.Entries)
                write(json, entry);

            json.WriteEndArray();
            var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
            PageInfoJson.Write(
                json,
                page.HasNext,
                hasPrevious: After is not null,
                page.Entries.Count > 0 ? CursorOf(idOf(page.Entries[0])) : null,
                last is null ? null : CursorOf(idOf(last)));
            json.WriteEndObject();
        }));
    }

    private static string CursorOf(string id) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(id));

    private static string? ReadAfter(IQueryCollection query, string idPrefix)
    {
        if (!query.TryGetValue("after", out var values))
            return null;

        var cursor = values.ToString();
        var id = cursor.Length <= 100 && Base64Url.IsValid(cursor) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)) : null;
        return SortableUuid.IsPrefixed(id, idPrefix) && CursorOf(id!) == cursor
            ? id
            : throw ApiErrors.InvalidParameter("after", "must be a cursor from page_info of an earlier answer.");
    }
}
