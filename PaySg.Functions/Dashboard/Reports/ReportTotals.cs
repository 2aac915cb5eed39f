using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>Payments that were paid, added up by day and by method.</summary>
internal sealed class ReportTotals
{
    private readonly SortedDictionary<DateOnly, ReportSum> byDay = [];
    private readonly SortedDictionary<string, ReportSum> byMethod = new(StringComparer.Ordinal);

    public ReportSum All { get; private set; } = ReportSum.Nothing;

    /// <summary>The days on which something was paid, the first one first.</summary>
    public IReadOnlyDictionary<DateOnly, ReportSum> ByDay => byDay;

    /// <summary>By what payers were charged; empty: it was not written down.</summary>
    public IReadOnlyDictionary<string, ReportSum> ByMethod => byMethod;

    /// <summary>When the payment was paid at which the reading stopped; null: all were read.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Adds a payment that was paid.</summary>
    public void Add(Payment payment)
    {
        All = All.With(payment);
        var day = ReportPeriod.DayOf(payment.SucceededAt ?? payment.CreatedAt);
        byDay[day] = byDay.GetValueOrDefault(day, ReportSum.Nothing).With(payment);
        var method = payment.PaidMethod ?? "";
        byMethod[method] = byMethod.GetValueOrDefault(method, ReportSum.Nothing).With(payment);
    }

    /// <summary>Earlier payments are not in it.</summary>
    public void StopAt(Payment payment) => StoppedAt = payment.SucceededAt ?? payment.CreatedAt;
}
