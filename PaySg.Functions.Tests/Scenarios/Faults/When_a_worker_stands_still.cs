using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Nobody works on the queues. The sweeper goes on, and must not fill them.</summary>
public sealed class When_a_worker_stands_still
{
    private const int Payments = 12;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> ByHand = new()
    {
        ["AzureWebJobs.WorkOutbox.Disabled"] = "true",
        ["AzureWebJobs.DeliverWebhook.Disabled"] = "true",
        ["AzureWebJobs.SendEmail.Disabled"] = "true",
        ["AzureWebJobs.Sweep.Disabled"] = "true",
    };

    private readonly ShiftedClock clock = new();

    [Fact]
    public async Task Should_find_a_few_messages_for_each_row_after_an_hour_and_not_one_from_each_sweep()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = static (_, context) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
            return Task.CompletedTask;
        };
        await using var app = await StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var (deleted, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        var ids = await Task.WhenAll(Enumerable.Range(0, Payments).Select(_ => app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"))));

        // Each kind of row: events, one of them fanned out into a delivery that failed once, a mail, and the work that a deleted endpoint leaves.
        (await app.Client.SendEmailAsync(ids[0])).Expect(HttpStatusCode.OK);
        var fannedOut = (await RowsAsync(app)).First(row => row.Kind == OutboxKind.Event);
        await app.Services.GetRequiredService<FanOutEvent>().RunAsync(fannedOut);
        await app.Client.DeleteAsync(ApiClient.EndpointPath(deleted));

        // The index does not know that an endpoint is deleted: while nobody ends its deliveries, they are woken as well.
        var dueRows = (await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "d:")).Count;
        var start = clock.Shift;
        app.HttpTraffic.Forget();

        for (clock.Shift += Period; clock.Shift - start <= TimeSpan.FromHours(1); clock.Shift += Period)
            await SweepAsync(app);

        var sent = app.HttpTraffic.QueueRequests.CountBy(request => request.Url.AbsolutePath.Split('/')[^2]).ToDictionary();
        var outboxRows = (await RowsAsync(app)).Count(row => row.Kind != OutboxKind.Mail) + 1;
        Assert.Equal(Payments - 1 + 1, outboxRows);
        Assert.InRange(sent[PaySgQueues.OutboxName], 7 * outboxRows, 8 * outboxRows);
        Assert.InRange(sent[PaySgQueues.EmailsName], 5, 6);
        Assert.InRange(sent[PaySgQueues.DeliveriesName], 5 * dueRows, 6 * dueRows);
        Assert.Empty(app.Log.Of(2005));
    }

    [Fact]
    public async Task Should_be_woken_by_the_first_sweep_and_again_where_the_sweeper_stood_still_too()
    {
        await using var app = await StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.BaseAddress));
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.Forget();

        foreach (var (after, messages) in (IEnumerable<(TimeSpan, int)>)[
            (TimeSpan.FromSeconds(20), 0), (TimeSpan.FromSeconds(35), 1), (TimeSpan.FromSeconds(40), 1), (TimeSpan.FromHours(5), 2), (TimeSpan.FromHours(5) + Period, 2)])
        {
            clock.Shift = after;
            await SweepAsync(app);
            Assert.Equal(messages, app.HttpTraffic.QueueRequests.Count);
        }
    }

    [Fact]
    public async Task Should_not_be_forgotten_where_the_note_of_the_last_sweep_is_from_the_future()
    {
        await using var app = await StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.BaseAddress));
        await app.Client.CreatedPaymentAsync();
        await app.Services.GetRequiredService<PaySgTables>().Payments.UpsertEntityAsync(
            new TableEntity(ApiClient.ServiceId, "n:swept") { ["at"] = TimeProvider.System.GetUtcNow().AddYears(1) });
        clock.Shift = TimeSpan.FromMinutes(1);
        app.HttpTraffic.Forget();

        await SweepAsync(app);

        Assert.Single(app.HttpTraffic.QueueRequests);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_be_sent_no_more_than_ten_thousand_messages_by_one_sweep_and_one_owner()
    {
        await using var parts = await PaySgParts.InMemoryAsync();
        var owner = (await parts.PaymentServiceAsync()).Id;
        var rows = Enumerable.Range(0, 10_200).Select(i => new OutboxRow(owner, parts.Clock.GetUtcNow(), OutboxKind.Event, $"evt_{i:D6}").ToEntity());
        foreach (var some in rows.Chunk(100))
            await parts.Tables.Payments.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        // They were written past the index, so the first sweep must be one that looks everywhere.
        await parts.Tables.Access.DeleteEntityAsync(WorkMarks.PartitionOf(0), WorkMarks.WholeSweepKey);
        parts.Clock.Advance(TimeSpan.FromSeconds(31));
        parts.Traffic.Forget();

        await parts.Get<Sweep>().RunAsync(CancellationToken.None);
        Assert.Equal(Sweep.MostAtOnce, parts.Traffic.QueueRequests.Select(request => request.Body).Distinct(StringComparer.Ordinal).Count());
        parts.Clock.Advance(Period);
        await parts.Get<Sweep>().RunAsync(CancellationToken.None);
        Assert.Equal(Sweep.MostAtOnce, parts.Traffic.QueueRequests.Select(request => request.Body).Distinct(StringComparer.Ordinal).Count());
    }

    private Task<PaySgApp> StartAsync() =>
        PaySgApp.StartAsync(settings: ByHand, services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));

    private static Task SweepAsync(PaySgApp app) => app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

    private static async Task<IReadOnlyList<OutboxRow>> RowsAsync(PaySgApp app) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!)];
}
