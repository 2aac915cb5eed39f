using System.Diagnostics;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Dashboard.Reports;

/// <summary>A hundred thousand payments in the emulator, saved as one file: how long it takes, and that memory does not grow with it.</summary>
[Trait("Category", "Soak")]
public sealed class When_a_report_has_a_hundred_thousand_lines(ITestOutputHelper output)
{
    private const int Count = 100_000;

    [Fact]
    public async Task Should_be_written_in_a_minute_with_memory_flat()
    {
        await using var parts = await PaySgParts.StartAsync();
        var reports = await ReportFixture.InAsync(parts);
        await reports.PaidAsync(Count);
        parts.Traffic.Forget();
        using var file = new MeasuringStream();
        var clock = Stopwatch.StartNew();

        await reports.SaveAsync("payments.csv", "2026-01-01", "2026-12-31", file);

        clock.Stop();
        output.WriteLine($"{Count} lines, {file.Length} bytes in {clock.Elapsed}, {parts.Traffic.TableRequests.Count} requests; managed heap {string.Join(", ", file.Heaps.Select(bytes => bytes / 1024 / 1024))} MiB.");
        Assert.Equal(Count + 1, file.Lines);
        Assert.Equal(Count, parts.Traffic.RowsReturned);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(file.Heaps[^1] - file.Heaps[1], long.MinValue, 8 * 1024 * 1024);
    }
}
