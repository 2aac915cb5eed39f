using System.Diagnostics;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Soak;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Dashboard.Reports;

/// <summary>
/// The list of payments in front of a hundred payments, and of a hundred thousand: one request and the rows of the page, both times. How long the emulator takes for
/// it grows, because it walks through all rows of a table. Where storage finds rows by their keys, as Azure does, it takes as long: there the product is measured.
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
        await MeasureAsync(parts, "the emulator");
    }

    [Fact]
    public async Task Should_take_no_more_than_twice_as_long_as_with_a_hundred_where_storage_finds_rows_by_their_keys()
    {
        await using var storage = await StorageServer.StartAsync();
        await using var parts = await PaySgParts.OnAsync(storage.Connection);
        var (few, many) = await MeasureAsync(parts, "a storage that finds rows by their keys");

        Assert.InRange(many, TimeSpan.Zero, 2 * few);
    }

    private async Task<(TimeSpan Few, TimeSpan Many)> MeasureAsync(PaySgParts parts, string storage)
    {
        var reports = await ReportFixture.InAsync(parts);
        await reports.PaidAsync(Few);
        await MedianAsync(parts, reports);
        var few = await MedianAsync(parts, reports);

        await reports.PaidAsync(Many - Few, earlier: Few);
        var many = await MedianAsync(parts, reports);

        output.WriteLine($"A page of the list from {storage}: {few.TotalMilliseconds:F1} ms of {Few} payments, {many.TotalMilliseconds:F1} ms of {Many}; medians of {Looks}.");
        return (few, many);
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
