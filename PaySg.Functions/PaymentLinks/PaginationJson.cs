namespace PaySg.Functions.PaymentLinks;

/// <summary>Prints <c>pagination</c>, which stands beside the <c>data</c> of Singapay's lists.</summary>
internal static class PaginationJson
{
    /// <param name="json">Where to.</param>
    /// <param name="asked">The page that was asked for.</param>
    /// <param name="count">How many entries it has.</param>
    /// <param name="total">How many there are on all pages.</param>
    /// <param name="urlOf">The URL of a page.</param>
    public static void Write(Utf8JsonWriter json, PaymentLinkPageRequest asked, int count, long total, Func<int, string> urlOf)
    {
        json.WriteStartObject("pagination");
        json.WriteNumber("total", total);
        json.WriteNumber("count", count);
        json.WriteNumber("perPage", asked.PerPage);
        json.WriteNumber("currentPage", asked.Page);
        json.WriteNumber("totalPages", Math.Max(1, (total + asked.PerPage - 1) / asked.PerPage));
        json.WriteStartObject("links");
        if (asked.HasNext(total))
            json.WriteString("next", urlOf(asked.Page + 1));

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
