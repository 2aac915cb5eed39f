using System.Diagnostics;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Dashboard.Reports;

/// <summary>
/// The list of payments in front of a hundred payments in the emulator, and of a hundred thousand: one request and the rows of the page, both times. How long
/// the emulator takes for it grows, because it walks through all rows of a table.
/// </summary>
[Trait("Category", "Soak")]
public sealed class When_a_list_has_a_hundred_thousand_payments(ITestOutputHelper output)
{
    private const int Few = 100;
    private const int Many = 100_000;
    private const int Looks = 101;

    [Fact]
    public async Task Should_be_one_request_for_the_rows_of_the_page_as_with_a_hundred()
    {
        await using var parts = await PaySgParts.StartAsync();
        var reports = await ReportFixture.InAsync(parts);
        await reports.PaidAsync(Few);
        await MedianAsync(parts, reports);
        var few = await MedianAsync(parts, reports);

        await reports.PaidAsync(Many - Few, earlier: Few);
        var many = await MedianAsync(parts, reports);

        output.WriteLine($"A page of the list: {few.TotalMilliseconds:F1} ms of {Few} payments, {many.TotalMilliseconds:F1} ms of {Many}; medians of {Looks}.");
    }

    private static async Task<TimeSpan> MedianAsync(PaySgParts parts, ReportFixture reports)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Looks; i++)
        {
            parts.Traffic.Forget();
            var clock = Stopwatch.StartNew();
            Assert.Equal(200, (await reports.ListAsync()).Status);
            times.Add(clock.Elapsed);
            Assert.Equal((1, 21), (parts.Traffic.TableRequests.Count, parts.Traffic.RowsReturned));
        }

        return times.Order().ElementAt(Looks / 2);
    }
}
