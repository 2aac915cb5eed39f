using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Which histories a caller asks for, in which order, and which page of them.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Sort">By what they are sorted.</param>
/// <param name="IsAscending">Whether the least comes first.</param>
/// <param name="Page">Which page.</param>
/// <param name="Given">The parameters as they were given, but for the page.</param>
internal sealed record HistoryQuery(
    HistoryFilter Filter, HistorySort Sort, bool IsAscending, PaymentLinkPageRequest Page, IReadOnlyList<KeyValuePair<string, string>> Given)
{
    private const int MaxText = 255;

    // Beyond are no times of ours, and the arithmetic of days would end.
    private const int FirstYear = 1900;
    private const int LastYear = 9000;
    private const int DateLength = 10;

    private const string SortBy = "sort_by";
    private const string SortOrder = "sort_order";

    private static readonly Dictionary<string, HistorySort> Sorts = new(StringComparer.Ordinal)
    {
        ["id"] = HistorySort.Id,
        ["created_at"] = HistorySort.Id,
        ["amount"] = HistorySort.Amount,
        ["payment_date"] = HistorySort.PaymentDate,
    };

    /// <summary>Whether the newest are wanted, whatever they are: then a page is a scan of its rows alone.</summary>
    public bool IsNewest => Filter.IsEmpty && Sort == HistorySort.Id && !IsAscending;

    /// <summary>Reads a query. A filter or an order without a value is as good as absent; unknown parameters are ignored.</summary>
    /// <exception cref="ApiException">422, naming each parameter that is wrong.</exception>
    public static HistoryQuery Read(IQueryCollection query)
    {
        var given = query
            .Where(pair => pair.Key != "page" && pair.Value.ToString().Length > 0)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            .ToList();
        var texts = given.ToDictionary(StringComparer.Ordinal);
        var errors = new List<FieldError>();
        var filter = new HistoryFilter
        {
            ReffNo = ReadText(texts, "reff_no", errors),
            Status = ReadChoice(texts, "status", HistoryStatus.All, errors),
            MethodName = ReadText(texts, "payment_method_name", errors),
            MethodValue = ReadText(texts, "payment_method_value", errors),
            Amount = ReadAmount(texts, "amount", errors),
            AmountMin = ReadAmount(texts, "amount_min", errors),
            AmountMax = ReadAmount(texts, "amount_max", errors),
            HasSettle = ReadBoolean(texts, "has_settle", errors),
            CreatedAt = ReadSpan(texts, "created_at", errors),
            PaymentDate = ReadSpan(texts, "payment_date", errors),
            ProcessedTimestamp = ReadSpan(texts, "processed_timestamp", errors),
            SettleAt = ReadSpan(texts, "settle_at", errors),
        };
        var sort = ReadChoice(texts, SortBy, [.. Sorts.Keys], errors) is { } by ? Sorts[by] : HistorySort.Id;
        var isAscending = ReadChoice(texts, SortOrder, ["desc", "asc"], errors) == "asc";
        var page = PaymentLinkPageRequest.Read(query, errors);
        return errors.Count == 0 ? new HistoryQuery(filter, sort, isAscending, page, given) : throw SingapayErrors.Invalid(errors);
    }

    private static string? ReadText(Dictionary<string, string> texts, string name, List<FieldError> errors)
    {
        if (!texts.TryGetValue(name, out var text) || text.Length <= MaxText)
            return text;

        errors.Add(new FieldError(name, $"The {Words(name)} must not be longer than {MaxText} characters."));
        return null;
    }

    private static string? ReadChoice(Dictionary<string, string> texts, string name, IReadOnlyList<string> choices, List<FieldError> errors)
    {
        if (!texts.TryGetValue(name, out var text) || choices.Contains(text))
            return text;

        errors.Add(new FieldError(name, $"The selected {Words(name)} is invalid. It must be one of {string.Join(", ", choices)}."));
        return null;
    }

    /// <summary>Whole rupiah: <c>1200000</c> or, as amounts are shown, <c>1200000.00</c>.</summary>
    private static long? ReadAmount(Dictionary<string, string> texts, string name, List<FieldError> errors)
    {
        if (!texts.TryGetValue(name, out var text))
            return null;

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? "" : text[(point + 1)..];
        if (decimals is "" or "0" or "00" && long.TryParse(point < 0 ? text : text[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return amount;

        errors.Add(new FieldError(name, $"The {Words(name)} must be an amount in whole rupiah, such as 1200000 or 1200000.00."));
        return null;
    }

    private static bool? ReadBoolean(Dictionary<string, string> texts, string name, List<FieldError> errors)
    {
        switch (texts.GetValueOrDefault(name))
        {
            case null:
                return null;
            case "true" or "1":
                return true;
            case "false" or "0":
                return false;
            default:
                errors.Add(new FieldError(name, $"The {Words(name)} field must be true or false."));
                return null;
        }
    }

    private static TimeRange ReadSpan(Dictionary<string, string> texts, string name, List<FieldError> errors)
    {
        var from = ReadTime(texts, name + "_from", isEnd: false, errors);
        var to = ReadTime(texts, name + "_to", isEnd: true, errors);
        if (from > to)
            errors.Add(new FieldError(name + "_to", $"The {Words(name)} to must be a time after or equal to {name}_from."));

        return new TimeRange(from, to);
    }

    private static DateTimeOffset? ReadTime(Dictionary<string, string> texts, string name, bool isEnd, List<FieldError> errors)
    {
        if (!texts.TryGetValue(name, out var text))
            return null;

        // A plus sign that was not escaped arrives as a space: the last one.
        var space = text.LastIndexOf(' ');
        var time = SingapayDate.OfText(text) ?? (space < 0 ? null : SingapayDate.OfText($"{text[..space]}+{text[(space + 1)..]}"));
        if (time is { } moment && moment.Year is >= FirstYear and < LastYear)
            return isEnd && text.Length == DateLength ? moment.AddDays(1).AddTicks(-1) : moment;

        errors.Add(new FieldError(name, $"The {Words(name)} must be a time of ISO 8601, such as 2026-01-15T09:30:00+07:00, or a date, such as 2026-01-15, and no number."));
        return null;
    }

    private static string Words(string name) => name.Replace('_', ' ');
}
