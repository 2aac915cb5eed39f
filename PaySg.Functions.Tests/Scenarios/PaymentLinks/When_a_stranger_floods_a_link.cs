using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Anybody may begin to pay on a link. What somebody can do to its merchant by that is bounded.</summary>
public sealed class When_a_stranger_floods_a_link : IAsyncLifetime
{
    private readonly SteadyClock clock = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(
        settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" },
        services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_begin_so_many_at_once_and_no_more_and_leave_other_links_alone()
    {
        var link = await app.AddLinkAsync();
        await Parallel.ForAsync(0, PayLink.AtOnce, async (_, _) => (await app.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.OK));

        var refused = (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal(("too_many_attempts_at_once", "1"), (refused.ErrorCode, refused.Headers["Retry-After"]));
        Assert.Equal(PayLink.AtOnce, (await app.AttemptsAsync(link)).Count);
        using var pages = new LinkPageClient(app.BaseAddress);
        var page = (await pages.SubmitAsync(link, await pages.FormAsync(link))).Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("Please try again in a moment", PageText.Heading(page.Body));
        (await app.Client.AttemptAsync(await app.AddLinkAsync())).Expect(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < PayLink.PerMinute; i++)
            (await app.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.OK);
        (await app.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Should_not_count_a_repetition()
    {
        var link = await app.AddLinkAsync();
        (await app.Client.AttemptAsync(link, "failed", idempotencyKey: "k")).Expect(HttpStatusCode.OK);
        for (var i = 1; i < PayLink.AtOnce; i++)
            (await app.Client.AttemptAsync(link, "failed", idempotencyKey: "k")).Expect(HttpStatusCode.OK);

        (await app.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_let_so_many_wait_and_no_more_until_one_is_paid_or_over()
    {
        var link = await app.AddLinkAsync();
        var places = await TakeAsync(link, PendingPlaceRows.PerLink - 1);
        var last = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK);
        Assert.Equal(PendingPlaceRows.PerLink, (await PlacesAsync()).Count);

        var refused = (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal(("too_many_attempts_at_once", "300"), (refused.ErrorCode, refused.Headers["Retry-After"]));
        Assert.Single(await app.AttemptsAsync(link));
        (await app.Client.SettleAsync(last["reff_no"]!)).Expect(HttpStatusCode.OK);
        Assert.Equal(places.Count, (await PlacesAsync()).Count);
        (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("failed")]
    public async Task Should_hold_no_place_for_what_is_decided_at_once(string outcome)
    {
        (await app.Client.AttemptAsync(await app.AddLinkAsync(), outcome)).Expect(HttpStatusCode.OK);

        Assert.Empty(await PlacesAsync());
    }

    [Fact]
    public async Task Should_write_down_what_was_paid_although_its_place_is_gone()
    {
        var link = await app.AddLinkAsync();
        var pending = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK);
        var place = Assert.Single(await PlacesAsync());
        await Table().DeleteEntityAsync(place.PartitionKey, place.RowKey);

        (await app.Client.SettleAsync(pending["reff_no"]!)).Expect(HttpStatusCode.OK);

        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        var attempt = Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal((ChargeAttemptStatus.Succeeded, null), (attempt.Status, attempt.Place));
    }

    [Fact]
    public async Task Should_settle_an_attempt_that_was_begun_before_there_were_places()
    {
        var link = await app.AddLinkAsync();
        var pending = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK);
        var place = Assert.Single(await PlacesAsync());
        await Table().DeleteEntityAsync(place.PartitionKey, place.RowKey);
        var attempt = Assert.Single(await app.AttemptsAsync(link));
        await Table().UpdateEntityAsync(LinkAttemptRows.Write(attempt with { Place = null }), Azure.ETag.All, TableUpdateMode.Replace);

        (await app.Client.SettleAsync(pending["reff_no"]!)).Expect(HttpStatusCode.OK);

        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_bound_the_attempts_on_a_payment_too()
    {
        var payment = await app.Client.CreatedPaymentAsync();
        for (var i = 0; i < PayPayment.AtOnce; i++)
            (await app.Client.PayAsync(payment, "pending")).Expect(HttpStatusCode.OK);

        var refused = (await app.Client.PayAsync(payment)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal(("too_many_attempts_at_once", "3"), (refused.ErrorCode, refused.Headers["Retry-After"]));
        using var pages = new PageClient(app.BaseAddress);
        (await pages.SubmitAsync(payment, PageClient.Card())).Expect(HttpStatusCode.TooManyRequests);
        (await app.Client.PayAsync(await app.Client.CreatedPaymentAsync())).Expect(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(3));
        (await app.Client.PayAsync(payment)).Expect(HttpStatusCode.OK);
        Assert.Equal("payment_already_paid", (await app.Client.PayAsync(payment)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
    }

    [Fact]
    public async Task Should_list_the_newest_in_any_order_where_there_are_more_than_it_looks_at()
    {
        var attempts = Enumerable.Range(0, 60).Select(number =>
            A.LinkAttempt().At(LinkAttemptFixture.Begun.AddMinutes(number)).Of(20_000 + (number * 7919 % 60)).Build()).ToList();
        await StoredLinks.AddAttemptsAsync(app.Connection, attempts);
        var newest = attempts.TakeLast(50).ToList();
        var list = new ListHistories(
            app.Services.GetRequiredService<PaySgTables>(), app.Services.GetRequiredService<ListNewest>()) { LongestHere = 50 };

        foreach (var (sort, ascending) in new[] { (HistorySort.Id, true), (HistorySort.Amount, true), (HistorySort.Amount, false) })
        {
            var query = new HistoryQuery(new HistoryFilter { Status = HistoryStatus.Expired }, sort, ascending, new PaymentLinkPageRequest(2, 7), []);
            var (page, isCut) = await list.RunAsync(SingapayClient.AccountId, query, TimeProvider.System.GetUtcNow(), CancellationToken.None);

            var ordered = ascending
                ? newest.OrderBy(attempt => sort == HistorySort.Amount ? attempt.Amount : 0).ThenBy(attempt => attempt.Id)
                : newest.OrderByDescending(attempt => sort == HistorySort.Amount ? attempt.Amount : 0).ThenByDescending(attempt => attempt.Id);
            Assert.Equal((true, 50L), (isCut, page.Total));
            Assert.Equal(ordered.Skip(7).Take(7).Select(attempt => attempt.Id), page.Entries.Select(attempt => attempt.Id));
        }
    }

    private TableClient Table() => new TableServiceClient(app.Connection).GetTableClient(StoredLinks.Table);

    private Task<IReadOnlyList<TableEntity>> PlacesAsync() => StoredRows.OfAsync(app.Connection, StoredLinks.Table, "q:");

    /// <summary>Takes places as attempts do, without making that many.</summary>
    private async Task<IReadOnlyList<int>> TakeAsync(PaymentLink link, int count)
    {
        var places = Enumerable.Range(0, count).ToList();
        foreach (var some in places.Chunk(100))
        {
            await Table().SubmitTransactionAsync(some.Select(place =>
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(link.AccountId, PendingPlaceRows.Key(link.Id, place)))));
        }

        return places;
    }
}
