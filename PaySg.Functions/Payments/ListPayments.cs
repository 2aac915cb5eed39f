using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Payments;

/// <summary>
/// Lists payments, newest first (guide, page "Pagination"). A page is one scan from its cursor on, however many payments there are. A page
/// before a cursor asks the index, which runs in the opposite order, where it begins. With a filter the list is a search, which goes forward only.
/// </summary>
internal sealed class ListPayments(PaySgTables tables, SearchPayments search, PaymentJson paymentJson)
{
    /// <summary>200 and a page.</summary>
    /// <exception cref="ApiException">
    /// 400 for a limit, cursor or filter that is none, for two cursors at once, for filters that contradict each other, for a parameter that the list does not
    /// have, and for one that is given twice.
    /// </exception>
    public async Task<ApiAnswer> RunAsync(IQueryCollection query, string paymentServiceId, CancellationToken cancellationToken)
    {
        KnownParameters.Check(query, ["limit", "before", "after", .. PaymentFilterReader.Parameters]);
        var limit = PageLimit.Read(query["limit"]);
        var errors = new List<FieldError>();
        var filter = PaymentFilterReader.Read(query, errors);
        if (errors.Count > 0)
            throw ApiErrors.InvalidParameters(errors);

        if (!filter.IsEmpty)
            return await FoundAfterAsync(paymentServiceId, filter, query, limit, cancellationToken);

        var before = ReadCursor(query, "before");
        var after = ReadCursor(query, "after");
        if (before is not null && after is not null)
            throw ApiErrors.InvalidParameter("before", "must not be given together with after.");

        return before is null
            ? await PageAfterAsync(paymentServiceId, after, limit, cancellationToken)
            : await PageBeforeAsync(paymentServiceId, before, limit, cancellationToken);
    }

    private async Task<ApiAnswer> PageAfterAsync(string serviceId, string? after, int limit, CancellationToken cancellationToken)
    {
        var filter = after is null
            ? RowKeys.Prefix(serviceId, PaymentRows.Prefix)
            : RowKeys.PrefixAfter(serviceId, PaymentRows.Prefix, PaymentRows.Key(after));
        var rows = await tables.Payments.FirstAsync(filter, limit + 1, cancellationToken);
        return Print(rows.Take(limit), hasNext: rows.Count > limit, hasPrevious: after is not null);
    }

    private async Task<ApiAnswer> PageBeforeAsync(string serviceId, string before, int limit, CancellationToken cancellationToken)
    {
        var newer = await tables.Payments.FirstAsync(
            RowKeys.PrefixAfter(serviceId, PaymentRows.IndexPrefix, PaymentRows.IndexKey(before)), limit + 1, cancellationToken, ["RowKey"]);
        if (newer.Count == 0)
            return Print([], hasNext: true, hasPrevious: false);

        var newest = newer[Math.Min(limit, newer.Count) - 1].RowKey[PaymentRows.IndexPrefix.Length..];
        var rows = await tables.Payments.FirstAsync(
            RowKeys.Range(serviceId, PaymentRows.Key(newest), PaymentRows.Key(before)), limit, cancellationToken);
        return Print(rows, hasNext: true, hasPrevious: newer.Count > limit);
    }

    private async Task<ApiAnswer> FoundAfterAsync(string serviceId, PaymentFilter filter, IQueryCollection query, int limit, CancellationToken cancellationToken)
    {
        if (query.ContainsKey("before"))
            throw ApiErrors.InvalidParameter("before", "must not be given together with a filter. Lists with a filter go forward only, by after.");

        var isGiven = query.TryGetValue("after", out var cursor);
        var after = isGiven ? SearchCursor.Parse(cursor, filter) ?? throw ApiErrors.InvalidParameter("after", WhyNot(cursor)) : null;
        var page = await search.RunAsync(serviceId, filter, after, limit, cancellationToken);
        var last = page.StoppedAt ?? (page.Entries.Count > 0 ? page.Entries[^1] : null);
        return Print(
            page.Entries.Select(found => found.Payment).ToList(),
            page.HasNext,
            hasPrevious: isGiven,
            page.Entries.Count > 0 ? SearchCursor.Of(filter, page.Entries[0].Place) : null,
            last is null ? null : SearchCursor.Of(filter, last.Place));
    }

    private ApiAnswer Print(IEnumerable<TableEntity> rows, bool hasNext, bool hasPrevious)
    {
        var payments = rows.Select(PaymentRows.Read).ToList();
        return Print(payments, hasNext, hasPrevious, payments.Count > 0 ? PaymentCursor.Of(payments[0].Id) : null, payments.Count > 0 ? PaymentCursor.Of(payments[^1].Id) : null);
    }

    private ApiAnswer Print(List<Payment> payments, bool hasNext, bool hasPrevious, string? start, string? end)
    {
        return new ApiAnswer(200, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var payment in payments)
                paymentJson.Write(json, payment);

            json.WriteEndArray();
            PageInfoJson.Write(json, hasNext, hasPrevious, start, end);
            json.WriteEndObject();
        }));
    }

    private static string? ReadCursor(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var values))
            return null;

        return PaymentCursor.Parse(values) ?? throw ApiErrors.InvalidParameter(name, WhyNot(values));
    }

    private static string WhyNot(string? cursor) => SearchCursor.IsOne(cursor) || PaymentCursor.Parse(cursor) is not null
        ? "is a cursor of a list with other filters. Give the filters that it came with, or begin without a cursor."
        : "must be a cursor from page_info of an earlier answer.";
}
