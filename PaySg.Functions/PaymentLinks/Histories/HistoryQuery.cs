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
    /// <exception cref="ApiException">422, naming each parameter that is wrong or given twice.</exception>
    public static HistoryQuery Read(IQueryCollection query)
    {
        var given = query
            .Where(static pair => !pair.Key.Equals("page", StringComparison.OrdinalIgnoreCase) && pair.Value.ToString().Length > 0)
            .Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()))
            .ToList();
        var errors = new List<FieldError>();
        var filter = new HistoryFilter
        {
            ReffNo = ReadText(query, "reff_no", errors),
            Status = ReadChoice(query, "status", HistoryStatus.All, errors),
            MethodName = ReadText(query, "payment_method_name", errors),
            MethodValue = ReadText(query, "payment_method_value", errors),
            Amount = ReadAmount(query, "amount", errors),
            AmountMin = ReadAmount(query, "amount_min", errors),
            AmountMax = ReadAmount(query, "amount_max", errors),
            HasSettle = ReadBoolean(query, "has_settle", errors),
            CreatedAt = ReadSpan(query, "created_at", errors),
            PaymentDate = ReadSpan(query, "payment_date", errors),
            ProcessedTimestamp = ReadSpan(query, "processed_timestamp", errors),
            SettleAt = ReadSpan(query, "settle_at", errors),
        };
        if (filter.AmountMin > filter.AmountMax)
            errors.Add(new FieldError("amount_max", "The amount max must be greater than or equal to amount_min."));

        var sort = ReadChoice(query, SortBy, [.. Sorts.Keys], errors) is { } by ? Sorts[by] : HistorySort.Id;
        var isAscending = ReadChoice(query, SortOrder, ["desc", "asc"], errors) == "asc";
        var page = PaymentLinkPageRequest.Read(query, errors);
        return errors.Count == 0 ? new HistoryQuery(filter, sort, isAscending, page, given) : throw SingapayErrors.Invalid(errors);
    }

    /// <summary>What a parameter asks for; null: nothing, or it is given twice, which is noted.</summary>
    private static string? Asked(IQueryCollection query, string name, List<FieldError> errors) =>
        SingapayParameter.Read(query, name, errors) is { Length: > 0 } text ? text : null;

    private static string? ReadText(IQueryCollection query, string name, List<FieldError> errors)
    {
        var text = Asked(query, name, errors);
        if (text is null || text.Length <= MaxText)
            return text;

        errors.Add(new FieldError(name, $"The {Words(name)} must not be longer than {MaxText} characters."));
        return null;
    }

    private static string? ReadChoice(IQueryCollection query, string name, IReadOnlyList<string> choices, List<FieldError> errors)
    {
        var text = Asked(query, name, errors);
        if (text is null || choices.Contains(text))
            return text;

        errors.Add(new FieldError(name, $"The selected {Words(name)} is invalid. It must be one of {string.Join(", ", choices)}."));
        return null;
    }

    /// <summary>Whole rupiah: <c>1200000</c> or, as amounts are shown, <c>1200000.00</c>.</summary>
    private static long? ReadAmount(IQueryCollection query, string name, List<FieldError> errors)
    {
        if (Asked(query, name, errors) is not { } text)
            return null;

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? "" : text[(point + 1)..];
        if (decimals is "" or "0" or "00" && long.TryParse(point < 0 ? text : text[..point], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return amount;

        errors.Add(new FieldError(name, $"The {Words(name)} must be an amount in whole rupiah, such as 1200000 or 1200000.00."));
        return null;
    }

    private static bool? ReadBoolean(IQueryCollection query, string name, List<FieldError> errors)
    {
        switch (Asked(query, name, errors))
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

    private static TimeRange ReadSpan(IQueryCollection query, string name, List<FieldError> errors)
    {
        var from = ReadTime(query, name + "_from", isEnd: false, errors);
        var to = ReadTime(query, name + "_to", isEnd: true, errors);
        if (from > to)
            errors.Add(new FieldError(name + "_to", $"The {Words(name)} to must be a time after or equal to {name}_from."));

        return new TimeRange(from, to);
    }

    private static DateTimeOffset? ReadTime(IQueryCollection query, string name, bool isEnd, List<FieldError> errors)
    {
        if (Asked(query, name, errors) is not { } text)
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
