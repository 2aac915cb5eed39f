using CsvHelper;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Dashboard.Reports;

/// <summary>A report of a period, as a file: what it is made of, and what it says of each payment.</summary>
internal abstract class Report
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Report> All { get; } = [new PaymentsReport(), new RefundsReport(), new PayoutsReport()];

    /// <summary>What it is called in addresses and in the names of files.</summary>
    public abstract string Name { get; }

    /// <summary>What it holds, for officers.</summary>
    public abstract string Title { get; }

    public abstract string[] Columns { get; }

    /// <summary>When the first payment was paid that it may say something of.</summary>
    public virtual DateTimeOffset PaidFrom(ReportPeriod period) => period.From;

    /// <summary>Writes what it says of a payment: one line, several or none.</summary>
    public abstract ValueTask WriteAsync(CsvWriter csv, Payment payment, ReportPeriod period, CancellationToken cancellationToken);

    /// <summary>Writes an amount twice: in cents, and in dollars, such as 11.30. Null: twice nothing.</summary>
    protected static void WriteMoney(CsvWriter csv, long? cents)
    {
        csv.WriteField(cents);
        csv.WriteField(cents / 100m, "0.00");
    }
}
