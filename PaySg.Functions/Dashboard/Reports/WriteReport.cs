using PaySg.Functions.Payments.Search;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>Gives a report as a file that is written while the payments are read: a thousand at a time, however many there are.</summary>
internal sealed class WriteReport(ReadPaidPayments readPaid, ReportsView view, TimeProvider clock)
{
    /// <summary>200 and the file; 400 and the page of reports where a day is wrong.</summary>
    /// <param name="file">Such as <c>payments.csv</c>.</param>
    /// <exception cref="ApiException">404: there is no such report.</exception>
    public ApiAnswer Run(ApiCall call, Visit visit, string file)
    {
        var report = Report.All.FirstOrDefault(report => file == $"{report.Name}.csv") ?? throw ApiErrors.UnknownPath();
        var period = new ReportPeriod(call.Request.Query, clock.GetUtcNow());
        if (period.IsWrong)
            return view.Print(400, visit, period, totals: null);

        return new ApiAnswer(200, default)
        {
            ContentType = CsvFile.ContentType,
            Writer = (stream, cancellationToken) => WriteAsync(report, visit.Service.Id, period, stream, cancellationToken),
        }.WithHeader("Content-Disposition", $"attachment; filename=\"{report.Name}-{period.FromText}-to-{period.ToText}.csv\"");
    }

    private async Task WriteAsync(Report report, string paymentServiceId, ReportPeriod period, Stream stream, CancellationToken cancellationToken)
    {
        // Nothing is sent at the end where the reading breaks off: a part must not look like the whole.
        var csv = CsvFile.To(stream);
        foreach (var column in report.Columns)
            csv.WriteField(column);

        await csv.EndRecordAsync(cancellationToken);
        await foreach (var payment in readPaid.RunAsync(paymentServiceId, report.PaidFrom(period), period.To, cancellationToken))
            await report.WriteAsync(csv, payment, period, cancellationToken);

        await csv.DisposeAsync();
    }
}
