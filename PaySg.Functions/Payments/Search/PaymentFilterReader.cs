using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments.Search;

/// <summary>Reads the filter of a list's query, whose parameters are each given once, and says of each what is wrong with it.</summary>
internal sealed class PaymentFilterReader
{
    /// <summary>The parameters.</summary>
    public static readonly string[] Parameters =
        ["reference_id", "payment_status", "refund_status", "created_from", "created_to", "paid_from", "paid_to", "payer", "amount_in_cents"];

    private const int LongestText = 255;
    private const long LargestAmount = 99_999_999;

    /// <summary>The longest period, from the first day to the last.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(366);

    private readonly IQueryCollection query;
    private readonly List<FieldError> errors;

    private PaymentFilterReader(IQueryCollection query, List<FieldError> errors)
    {
        this.query = query;
        this.errors = errors;
    }

    /// <summary>The filter. Where something is wrong it is added to the errors.</summary>
    public static PaymentFilter Read(IQueryCollection query, List<FieldError> errors)
    {
        var reader = new PaymentFilterReader(query, errors);
        var filter = new PaymentFilter
        {
            ReferenceId = reader.Text("reference_id"),
            Status = reader.Choice("payment_status", Enum.GetValues<PaymentStatus>(), PaymentTransitions.Name),
            RefundProgress = reader.Choice("refund_status", Enum.GetValues<RefundProgress>(), RefundTransitions.Name),
            CreatedFrom = reader.Time("created_from", isEnd: false),
            CreatedTo = reader.Time("created_to", isEnd: true),
            PaidFrom = reader.Time("paid_from", isEnd: false),
            PaidTo = reader.Time("paid_to", isEnd: true),
            Payer = reader.Text("payer"),
            AmountInCents = reader.Amount("amount_in_cents"),
        };
        if (errors.Count == 0)
            reader.CheckTogether(filter);

        return filter;
    }

    private void CheckTogether(PaymentFilter filter)
    {
        CheckPeriod("created_to", "created_from", filter.CreatedFrom, filter.CreatedTo);
        CheckPeriod("paid_to", "paid_from", filter.PaidFrom, filter.PaidTo);
        if (filter.CreatedFrom >= filter.PaidTo)
            errors.Add(new FieldError("paid_to", "must be after created_from: nothing is paid before it is created."));

        if (filter.Status is PaymentStatus.Unpaid or PaymentStatus.Cancelled)
        {
            var only = $"contradicts payment_status={filter.Status.Value.Name()}: only what is paid";
            if (filter.RefundProgress is RefundProgress.PartiallyRefunded or RefundProgress.FullyRefunded)
                errors.Add(new FieldError("refund_status", $"{only} can be refunded."));

            if (filter.AsksWhenPaid)
                errors.Add(new FieldError(filter.PaidFrom is null ? "paid_to" : "paid_from", $"{only} has a time of payment."));
        }
    }

    private void CheckPeriod(string toName, string fromName, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from >= to)
        {
            errors.Add(new FieldError(toName, $"must be after {fromName}."));
        }
        else if (to - from > LongestPeriod)
        {
            errors.Add(new FieldError(toName, $"must be at most {LongestPeriod.TotalDays} days after {fromName}. Ask for one year after the other."));
        }
    }

    private string? Text(string name)
    {
        if (Given(name) is not { } text)
            return null;

        if (text.Length is > 0 and <= LongestText)
            return text;

        errors.Add(new FieldError(name, $"must have 1 to {LongestText} characters."));
        return null;
    }

    private T? Choice<T>(string name, IReadOnlyList<T> values, Func<T, string> nameOf)
        where T : struct, Enum
    {
        if (Given(name) is not { } text)
            return null;

        foreach (var value in values)
        {
            if (nameOf(value) == text)
                return value;
        }

        errors.Add(new FieldError(name, $"must be one of {string.Join(", ", values.Select(nameOf))}."));
        return null;
    }

    private long? Amount(string name)
    {
        if (Given(name) is not { } text)
            return null;

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) && cents is >= 1 and <= LargestAmount)
            return cents;

        errors.Add(new FieldError(name, $"must be a whole number of cents from 1 to {LargestAmount}, such as 1130 for S$11.30."));
        return null;
    }

    /// <summary>A day of Singapore counts as a whole: as an end, up to the next day.</summary>
    private DateTimeOffset? Time(string name, bool isEnd)
    {
        if (Given(name) is not { } text)
            return null;

        if (RequestTime.ParseBound(text, isEnd) is { } time)
            return time;

        errors.Add(new FieldError(name, $"must be a day of Singapore, such as 2026-01-15, or a time: it {RequestTime.WhyNot(text)}"));
        return null;
    }

    /// <summary>The parameter's text; null: it is not given.</summary>
    private string? Given(string name) => query.TryGetValue(name, out var values) ? values.ToString() : null;
}
