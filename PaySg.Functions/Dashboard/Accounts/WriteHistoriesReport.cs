using CsvHelper;
using PaySg.Functions.Dashboard.Reports;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>Gives the histories of a period as a file that is written while they are read: a thousand at a time, however many there are.</summary>
internal sealed class WriteHistoriesReport(ReadHistories readHistories, AccountReportsView view, TimeProvider clock)
{
    /// <summary>What the file is called in addresses.</summary>
    public const string File = "histories.csv";

    private static readonly string[] Columns =
    [
        "history_id", "reff_no", "payment_link_id", "payment_link_reff_no", "method", "amount_in_rupiah", "status", "failure_reason", "customer_name", "customer_email",
        "customer_phone", "begun_at", "paid_at", "to_be_paid_until", "changed_at", "metadata",
    ];

    /// <summary>200 and the file; 400 and the page of reports where a day is wrong.</summary>
    /// <exception cref="ApiException">404: there is no such report.</exception>
    public ApiAnswer Run(ApiCall call, AccountVisit visit, string file)
    {
        if (file != File)
            throw ApiErrors.UnknownPath();

        var period = AccountReportsView.PeriodOf(call.Request.Query, clock.GetUtcNow());
        if (period.IsWrong)
            return view.Print(visit, period);

        return new ApiAnswer(200, default)
        {
            ContentType = CsvFile.ContentType,
            Writer = (stream, cancellationToken) => WriteAsync(visit.Account.Id, period, stream, cancellationToken),
        }.WithHeader("Content-Disposition", $"attachment; filename=\"histories-{period.FromText}-to-{period.ToText}.csv\"");
    }

    private async Task WriteAsync(string accountId, ReportPeriod period, Stream stream, CancellationToken cancellationToken)
    {
        // Nothing is sent at the end where the reading breaks off: a part must not look like the whole.
        var csv = CsvFile.To(stream);
        foreach (var column in Columns)
            csv.WriteField(column);

        await csv.EndRecordAsync(cancellationToken);
        await foreach (var attempt in readHistories.RunAsync(accountId, period.From, period.To, cancellationToken))
        {
            Write(csv, attempt, clock.GetUtcNow());
            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.DisposeAsync();
    }

    private static void Write(CsvWriter csv, LinkAttempt attempt, DateTimeOffset now)
    {
        csv.WriteField(attempt.Id);

        // As a text: spreadsheets keep fifteen digits of a number, and this has 32.
        csv.WriteField($"'{attempt.ReffNo}");
        csv.WriteField(attempt.PaymentLinkId);
        csv.WriteField(attempt.PaymentLinkReffNo);
        csv.WriteField(attempt.MethodName);
        csv.WriteField(attempt.Amount);
        csv.WriteField(HistoryStatus.ComputedAt(attempt, now));
        csv.WriteField(attempt.FailureReason);
        csv.WriteField(attempt.Customer.Name);
        csv.WriteField(attempt.Customer.Email);
        csv.WriteField(attempt.Customer.Phone);
        WriteTime(csv, attempt.CreatedAt);
        WriteTime(csv, attempt.PaidAt);
        WriteTime(csv, attempt.ExpiredAt);
        WriteTime(csv, attempt.UpdatedAt);
        csv.WriteField(attempt.OptionalMetadata);
    }

    /// <summary>Writes the time in Jakarta as spreadsheets read it; null: nothing.</summary>
    private static void WriteTime(CsvWriter csv, DateTimeOffset? time) => csv.WriteField(time?.ToOffset(JakartaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}
