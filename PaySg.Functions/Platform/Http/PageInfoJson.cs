namespace PaySg.Functions.Platform.Http;

/// <summary>Prints <c>page_info</c> (guide, page "Pagination").</summary>
internal static class PageInfoJson
{
    /// <summary>Where the page stands; cursors are null on an empty page.</summary>
    public static void Write(Utf8JsonWriter json, bool hasNext, bool hasPrevious, string? start, string? end)
    {
        json.WriteStartObject("page_info");
        json.WriteBoolean("has_next_page", hasNext);
        json.WriteBoolean("has_previous_page", hasPrevious);
        json.WriteString("start_cursor", start);
        json.WriteString("end_cursor", end);
        json.WriteEndObject();
    }
}
