using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>Draws what was paid on each day of a period. The table below has the numbers.</summary>
internal static class ReportChart
{
    private const int Height = 120;
    private const int Step = 10;

    public static Html Print(ReportPeriod period, ReportTotals totals)
    {
        var first = ReportPeriod.DayOf(period.From);
        var last = ReportPeriod.DayOf(period.To.AddMilliseconds(-1));
        var days = last.DayNumber - first.DayNumber + 1;
        var most = totals.ByDay.Count == 0 ? 0 : totals.ByDay.Values.Max(static sum => sum.PaidInCents);
        if (most == 0)
            return Html.Empty;

        var best = totals.ByDay.First(pair => pair.Value.PaidInCents == most).Key;
        return Html.Of($"""
            <svg class="chart" role="img" viewBox="0 0 {days * Step} {Height}" preserveAspectRatio="none" aria-label="Paid by day: at most {Texts.English.Dollars(most)}, on {Day(best)}. The table below has all days.">
            {Html.Join(totals.ByDay.Select(pair => Bar(pair.Key.DayNumber - first.DayNumber, pair.Value.PaidInCents, most)))}
            </svg>
            <p class="span" aria-hidden="true"><span>{Day(first)}</span>{Html.When(days > 1, $"<span>{Day(last)}</span>")}</p>
            """);
    }

    /// <summary>Such as <c>19 Jul 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day on which anything was paid has a bar that can be seen.</summary>
    private static Html Bar(int day, long cents, long most)
    {
        var height = Math.Max(2, (int)(cents * Height / most));
        return Html.Of($"""<rect x="{(day * Step) + 1}" y="{Height - height}" width="{Step - 2}" height="{height}"/>""");
    }
}
