using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace PaySg.Benchmarks;

/// <summary>Prints what was measured, each build beside the one that it is compared with.</summary>
internal static class CallsTable
{
    /// <summary>A row for each call and build: medians, and their ratio to the baseline's and to the plain client's of the same run.</summary>
    public static string Of(Summary summary)
    {
        var table = new StringBuilder("| call | of | time, median | allocated | time, allocated: to the baseline | to the plain client |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var call in summary.Reports.Where(report => report.ResultStatistics is not null).GroupBy(report => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo))
        {
            var measured = call.ToDictionary(
                report => (string)report.BenchmarkCase.Parameters["Build"],
                report => (Time: report.ResultStatistics!.Median, Bytes: (double)report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value));
            foreach (var (build, (time, bytes)) in measured)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {call.Key.Trim('\'')} | {build} | {time / 1000:F1} µs | {bytes / 1024:F1} KiB | {To(Calls.Before)} | {To(Calls.Plain)} |\n");

                string To(string other) => other != build && measured.TryGetValue(other, out var its)
                    ? string.Create(CultureInfo.InvariantCulture, $"{time / its.Time:F2}, {bytes / its.Bytes:F2}")
                    : "";
            }
        }

        return table.ToString();
    }
}
