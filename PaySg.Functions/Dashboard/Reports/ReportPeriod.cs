using Microsoft.Extensions.Primitives;
using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>The days that a report is of, in Singapore or elsewhere, as they were typed. Without any it is the month that is running. A year is the longest.</summary>
internal sealed class ReportPeriod
{
    public const string FromField = "from";
    public const string ToField = "to";

    private const string Form = "yyyy-MM-dd";

    private readonly List<FieldError> errors = [];

    public ReportPeriod(IQueryCollection query, DateTimeOffset now)
        : this(query, now, SingaporeTime.Offset)
    {
    }

    /// <param name="offset">How far the place is ahead of UTC whose days they are.</param>
    public ReportPeriod(IQueryCollection query, DateTimeOffset now, TimeSpan offset)
    {
        var today = DateOnly.FromDateTime(now.ToOffset(offset).DateTime);
        var isAsked = query.ContainsKey(FromField) || query.ContainsKey(ToField);
        FromText = isAsked ? query[FromField].ToString().Trim() : today.AddDays(1 - today.Day).ToString(Form, CultureInfo.InvariantCulture);
        ToText = isAsked ? query[ToField].ToString().Trim() : today.ToString(Form, CultureInfo.InvariantCulture);
        errors.AddRange(ListAddress.Check(query, [FromField, ToField]));
        if (IsWrong)
            return;

        CheckDay(FromField, FromText);
        CheckDay(ToField, ToText);
        if (IsWrong)
            return;

        // The rules of the list: the last day counts as a whole.
        var found = new List<FieldError>();
        var filter = PaymentFilterReader.Read(new QueryCollection(new Dictionary<string, StringValues> { ["paid_from"] = FromText, ["paid_to"] = ToText }), found);
        if (found.Count > 0)
        {
            errors.Add(new FieldError(ToField, "The last day must not be before the first, and at most a year after it."));
        }
        else
        {
            (From, To) = (filter.PaidFrom!.Value + SingaporeTime.Offset - offset, filter.PaidTo!.Value + SingaporeTime.Offset - offset);
        }
    }

    /// <summary>What was typed as the first day.</summary>
    public string FromText { get; }

    /// <summary>What was typed as the last day.</summary>
    public string ToText { get; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset To { get; }

    public bool IsWrong => errors.Count > 0;

    /// <summary>What is wrong, by fields.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>The same period in an address.</summary>
    public string Query => $"?{FromField}={Uri.EscapeDataString(FromText)}&{ToField}={Uri.EscapeDataString(ToText)}";

    public bool Holds(DateTimeOffset time) => time >= From && time < To;

    /// <summary>The day in Singapore.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(SingaporeTime.Offset).DateTime);

    private void CheckDay(string field, string text)
    {
        if (!DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year < 2000)
            errors.Add(new FieldError(field, "Enter a day that there is, such as 2026-01-15."));
    }
}
