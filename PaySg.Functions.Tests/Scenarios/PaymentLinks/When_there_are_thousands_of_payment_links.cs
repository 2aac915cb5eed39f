using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What a page and its total read of storage: rows that are read and not shown would be scanned in Azure, too. docs/operate/performance.md has the figures.</summary>
public sealed class When_there_are_thousands_of_payment_links(ITestOutputHelper output)
{
    private const int PerPage = 25;

    [Fact]
    public async Task Should_count_the_keys_behind_the_page_while_they_are_few()
    {
        await using var app = await StartAsync();
        await app.Services.SeedLinksAsync(100);

        // Never counted: the page, the count that is not there, and the keys behind the page.
        await PageAsync(app, "", total: 100, rows: PerPage + 75, requests: 3);
        await PageAsync(app, "?page=2", total: 100, rows: PerPage + PerPage + 50, requests: 4);

        // The last page that is full: no key behind it. A page that is not full: nothing is counted.
        await PageAsync(app, "?page=4", total: 100, rows: 75 + PerPage, requests: 4);
        await PageAsync(app, "?page=4&per_page=30", total: 100, rows: 90 + 10, requests: 2);
        Assert.Null(await CountAsync(app));
    }

    [Fact]
    public Task Should_not_count_again_what_is_counted() => CostsAsync(links: 2_500, deepest: 100);

    [Fact]
    [Trait("Category", "Weekly")]
    public Task Should_not_count_again_what_is_counted_of_ten_thousand_and_of_a_million() => CostsAsync(links: 10_200, deepest: 400);

    [Fact]
    public async Task Should_not_count_in_what_is_younger_than_ten_minutes()
    {
        await using var app = await StartAsync();
        var start = TimeProvider.System.GetUtcNow().AddSeconds(-1_160);
        var seeded = await app.Services.SeedLinksAsync(1_100, start);

        // A minute after the newest: those of the last ten minutes, some 540, stay uncounted.
        await PageAsync(app, "", total: 1_100, rows: 1_100, requests: 4 + 1);

        var count = (await CountAsync(app))!;
        Assert.Equal(seeded.Count(count.Covers), count.Count);
        Assert.InRange(PaymentLinkId.TimeOf(count.UpTo), start.AddSeconds(550), TimeProvider.System.GetUtcNow().AddMinutes(-10));
        await PageAsync(app, "", total: 1_100, rows: 1_100 - (int)count.Count, requests: 3);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1_099)]
    [InlineData(26)]
    public async Task Should_not_count_for_good_what_is_deleted_while_it_is_counted(int place)
    {
        await using var app = await StartAsync();
        await using var instance = await PaySgApp.StartAsync(app.Connection);
        var seeded = await app.Services.SeedLinksAsync(1_100);
        await instance.Singapay.TokenAsync();
        var deleted = false;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (!request.Writes("paysgpaymentlinks") || deleted)
                return;
            deleted = true;
            (await instance.Singapay.DeleteLinkAsync(seeded[place])).Data();
        };

        // Counted before, deleted since: true when it was read.
        Assert.Equal(1_100, (await app.Singapay.ListLinksAsync()).Pagination.GetProperty("total").GetInt64());

        Assert.True(deleted);
        Assert.Equal(PaymentLinkCount.Nothing, await CountAsync(app));
        await PageAsync(app, "", total: 1_099, rows: 1_099, requests: 5);
        await PageAsync(app, "", total: 1_099, rows: PerPage, requests: 3);
    }

    [Fact]
    public async Task Should_lower_the_count_with_each_delete_of_what_is_counted()
    {
        await using var app = await StartAsync();
        var seeded = await app.Services.SeedLinksAsync(1_100);
        await app.Singapay.ListLinksAsync();
        var count = (await CountAsync(app))!;

        (await app.Singapay.DeleteLinkAsync(seeded[^1])).Data();
        Assert.Equal(count with { Count = count.Count - 1 }, await CountAsync(app));
        (await app.Singapay.DeleteLinkAsync(count.UpTo)).Data();
        Assert.Equal(count with { Count = count.Count - 2 }, await CountAsync(app));
        (await app.Singapay.DeleteLinkAsync(seeded[0])).Data();
        Assert.Equal(count with { Count = count.Count - 2 }, await CountAsync(app));

        await PageAsync(app, "", total: 1_097, rows: PerPage, requests: 2);
    }

    [Fact]
    public async Task Should_answer_although_the_count_cannot_be_moved()
    {
        await using var app = await StartAsync();
        await app.Services.SeedLinksAsync(1_100);
        app.HttpTraffic.LosesAnswerOf = request => request.Writes("paysgpaymentlinks");

        var (ids, pagination) = await app.Singapay.ListLinksAsync();

        Assert.Equal((PerPage, 1_100), (ids.Count, pagination.GetProperty("total").GetInt64()));
        Assert.Single(app.Log.Of(6002));
    }

    private static async Task<PaySgApp> StartAsync()
    {
        var app = await PaySgApp.StartAsync();
        await app.Singapay.ListLinksAsync();
        return app;
    }

    private static async Task<PaymentLinkCount?> CountAsync(PaySgApp app)
    {
        var row = await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.GetEntityIfExistsAsync<TableEntity>(SingapayClient.AccountId, PaymentLinkRows.CountKey);
        return row.HasValue ? ListedRows.ReadCount(row.Value!) : null;
    }

    private async Task CostsAsync(int links, int deepest)
    {
        await using var app = await StartAsync();
        var seeded = await app.Services.SeedLinksAsync(links);

        // The first list counts all keys, a thousand a request, and moves the count: the next one counts none.
        var pagesOfKeys = ((links - PerPage - 1) / 1_000) + 1;
        await PageAsync(app, "", links, rows: links, requests: 2 + pagesOfKeys + 1);
        Assert.Equal(new PaymentLinkCount(links - PerPage, seeded[PerPage]), await CountAsync(app));
        await PageAsync(app, "", links, rows: PerPage, requests: 3);

        // Each new link is one key more, until there are a thousand.
        for (var i = 0; i < 5; i++)
            await app.Singapay.CreatedLinkIdAsync();
        await PageAsync(app, "", links + 5, rows: PerPage + 5, requests: 3);

        // A page further down skips the keys of those before; the total costs the count alone.
        var skipped = (deepest - 1) * PerPage;
        await PageAsync(app, $"?page={deepest}", links + 5, rows: skipped + PerPage, requests: ((skipped + 999) / 1_000) + 1 + 1);

        // As many below the count as you like: nobody reads them. (They are not there.)
        await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.UpsertEntityAsync(
            ListedRows.Links.WriteCount(SingapayClient.AccountId, new PaymentLinkCount(1_000_000 - PerPage - 5, seeded[PerPage])), TableUpdateMode.Replace);
        await PageAsync(app, "", 1_000_000, rows: PerPage + 5, requests: 3);
        await PageAsync(app, $"?page={deepest}", 1_000_000, rows: skipped + PerPage, requests: ((skipped + 999) / 1_000) + 1 + 1);
    }

    private async Task PageAsync(PaySgApp app, string query, long total, int rows, int requests)
    {
        app.HttpTraffic.Forget();

        var (ids, pagination) = await app.Singapay.ListLinksAsync(query);

        // Without those that ask who the caller is, when that was remembered for long enough.
        var sent = app.HttpTraffic.Requests.Count(request => request.Url.AbsolutePath.Contains("/paysgpaymentlinks", StringComparison.Ordinal) || request.IsTransaction);
        output.WriteLine($"{total} links, {query}: {app.HttpTraffic.RowsReturned} rows in {sent} requests");
        Assert.Equal(pagination.GetProperty("count").GetInt32(), ids.Count);
        Assert.Equal(total, pagination.GetProperty("total").GetInt64());
        Assert.Equal((rows, requests), (app.HttpTraffic.RowsReturned, sent));
    }
}
