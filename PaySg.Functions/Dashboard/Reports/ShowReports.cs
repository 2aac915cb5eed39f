using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>Shows what was paid in a period, by day and by method.</summary>
internal sealed class ShowReports(ReadPaidPayments readPaid, ReportsView view, TimeProvider clock)
{
    /// <summary>How many payments one page adds up: twenty requests to storage, which a reader waits for.</summary>
    public const int MostAddedUp = 20_000;

    /// <summary>200 and the page; 400 and the days again where one is wrong: then nothing is read.</summary>
    public async Task<ApiAnswer> RunAsync(ApiCall call, Visit visit)
    {
        var period = new ReportPeriod(call.Request.Query, clock.GetUtcNow());
        if (period.IsWrong)
            return view.Print(400, visit, period, totals: null);

        var totals = new ReportTotals();
        await foreach (var payment in readPaid.RunAsync(visit.Service.Id, period.From, period.To, call.ClientLeft))
        {
            if (totals.All.Count == MostAddedUp)
            {
                totals.StopAt(payment);
                break;
            }

            totals.Add(payment);
        }

        return view.Print(200, visit, period, totals);
    }
}
