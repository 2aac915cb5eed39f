using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Whatever fails on the way, the event arrives at least once, with one id and one body.</summary>
public sealed class When_a_webhook_meets_a_fault : IAsyncLifetime
{
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_deliver_when_the_process_died_after_commit_before_the_nudge()
    {
        var endpoint = await app.EndpointAsync("*");
        var death = Death.Before(app.App.HttpTraffic, request => request.IsQueue);
        await app.Client.CreatePaymentAsync();
        Assert.True(death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_deliver_when_the_nudge_was_lost()
    {
        var endpoint = await app.EndpointAsync("*");
        app.App.HttpTraffic.BeforeSend = request =>
        {
            if (request.IsQueue)
                throw new IOException("The queue cannot be reached.");
        };
        await app.EventAsync();
        app.App.HttpTraffic.BeforeSend = static _ => { };

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_deliver_to_all_when_the_process_died_after_half_of_the_endpoints()
    {
        string[] endpoints = [await app.EndpointAsync("*"), await app.EndpointAsync("*"), await app.EndpointAsync("*"), (await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri(app.Receiver.Url, "?4")))).Id];
        var written = 0;
        var death = Death.After(app.App.BackgroundTraffic, request => request.Writes("paysgdeliveries") && Interlocked.Increment(ref written) == 2);
        await app.EventAsync();
        await PoisonAsync();
        Assert.True(death.Happened);
        death.Replace();

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await ShouldHaveDeliveredToAsync(endpoints);
    }

    [Fact]
    public async Task Should_deliver_again_when_the_process_died_after_the_post_before_recording()
    {
        var endpoint = await app.EndpointAsync("*");
        var death = Death.Before(app.App.BackgroundTraffic, request => request.Writes("paysgdeliveries") && request.Body.Contains("\"attempt_count\":1", StringComparison.Ordinal));
        await app.EventAsync();
        await PoisonAsync();
        Assert.True(death.Happened);
        death.Replace();
        var before = app.Receiver.All.Count;
        Assert.True(before > 0);

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await app.Receiver.WaitForAsync(before + 1);
        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_deliver_when_storage_was_down_in_the_middle()
    {
        var endpoint = await app.EndpointAsync("*");
        app.Receiver.Responds = (_, _) =>
        {
            app.App.BackgroundTraffic.IsCutOff = true;
            return Task.CompletedTask;
        };
        await app.EventAsync();
        await PoisonAsync();
        app.App.BackgroundTraffic.IsCutOff = false;
        app.Answer(200);

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_deliver_although_the_message_is_poison()
    {
        var endpoint = await app.EndpointAsync("*");
        app.Answer(500);
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count == 1);
        // As the host does with a message whose process was killed five times: its copy goes there, the row stands.
        var poison = new QueueClient(app.App.Connection, "paysg-deliveries-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync($$"""{"owner_id":"{{ApiClient.ServiceId}}","endpoint_id":"{{endpoint}}","event_id":"{{app.Receiver.All[0].EventId}}","attempt":2}""");
        await PoisonAsync();
        app.Answer(200);

        await app.PassAsync(TimeSpan.FromSeconds(60));

        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_make_one_attempt_of_a_message_that_comes_twice_after_it()
    {
        var endpoint = await app.EndpointAsync("*");
        await app.EventAsync();
        await app.Client.DeliveryAsync(endpoint, "delivered");
        var queue = new QueueClient(app.App.Connection, "paysg-deliveries", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        for (var i = 0; i < 2; i++)
            await queue.SendMessageAsync($$"""{"owner_id":"{{ApiClient.ServiceId}}","endpoint_id":"{{endpoint}}","event_id":"{{app.Receiver.All[0].EventId}}","attempt":1}""");

        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3003).Count == 2);

        Assert.Single(app.Receiver.All);
        await ShouldHaveDeliveredToAsync(endpoint);
    }

    [Fact]
    public async Task Should_post_once_where_a_message_comes_twice_at_once_to_one_process()
    {
        var endpoint = await app.EndpointAsync("*");
        var answer = new TaskCompletionSource();
        app.Receiver.Responds = (_, _) => answer.Task;
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);
        var queue = new QueueClient(app.App.Connection, "paysg-deliveries", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.SendMessageAsync($$"""{"owner_id":"{{ApiClient.ServiceId}}","endpoint_id":"{{endpoint}}","event_id":"{{app.Receiver.All[0].EventId}}","attempt":1}""");

        // The second is taken, waits for its turn, and then is out of date.
        await LocalHost.Eventually.TrueAsync(async () => (await queue.PeekMessagesAsync(1)).Value.Length == 0);
        answer.SetResult();
        await ShouldHaveDeliveredToAsync(endpoint);
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3003).Count == 1);

        Assert.Single(app.Receiver.All);
    }

    [Fact]
    public async Task Should_record_one_attempt_of_an_event_that_two_processes_fan_out_at_once()
    {
        var endpoint = await app.EndpointAsync("*");
        var both = new TaskCompletionSource();
        app.Receiver.Responds = (_, _) =>
        {
            if (app.Receiver.All.Count >= 2)
                both.TrySetResult();
            return both.Task;
        };
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);
        // The services of the HTTP functions share nothing with the queue function's: they are another process's.
        var row = Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgpayments", OutboxRow.Prefix));
        await app.App.Services.GetRequiredService<FanOutEvent>().RunAsync(OutboxRow.Parse(row.PartitionKey, row.RowKey)!);

        await ShouldHaveDeliveredToAsync(endpoint);

        Assert.Equal(2, app.Receiver.All.Count);
        Assert.Equal(1, (await app.Client.DeliveryAsync(endpoint, "delivered")).GetProperty("attempt_count").GetInt32());
        Assert.Single(app.App.Log.Of(3001));
    }

    [Fact]
    public async Task Should_record_one_attempt_although_the_row_was_changed_meanwhile()
    {
        var endpoint = await app.EndpointAsync("*");
        await app.EventAsync();
        await app.Client.DeliveryAsync(endpoint, "delivered");
        var meddled = 0;
        app.App.BackgroundTraffic.BeforeSend = request =>
        {
            if (!request.Writes("paysgdeliveries") || !request.Body.Contains("\"attempt_count\":2", StringComparison.Ordinal) || Interlocked.Increment(ref meddled) > 1)
                return;
            var key = DeliveryRows.Key(app.Receiver.All[0].EventId);
            new TableServiceClient(app.App.Connection).GetTableClient("paysgdeliveries")
                .UpdateEntityAsync(new TableEntity(endpoint, key) { ["meddled"] = true }, Azure.ETag.All, TableUpdateMode.Merge).GetAwaiter().GetResult();
        };

        (await app.Client.PostAsync($"{ApiClient.DeliveriesPath(endpoint)}/{app.Receiver.All[0].EventId}/resend", "")).Expect(HttpStatusCode.Accepted);

        await app.Receiver.WaitForAsync(2);
        await ShouldHaveDeliveredToAsync(endpoint);
        Assert.Equal(2, meddled);
        Assert.Equal(2, app.Receiver.All.Count);
    }

    [Fact]
    public async Task Should_leave_nothing_behind_for_an_endpoint_that_is_deleted_during_the_fan_out()
    {
        var deleted = await app.EndpointAsync("*");
        var kept = await app.EndpointAsync("*");
        app.Answer(500);
        var done = 0;
        app.App.BackgroundTraffic.BeforeSend = request =>
        {
            if (request.Writes("paysgdeliveries") && Interlocked.Increment(ref done) == 1)
                app.Client.DeleteAsync(ApiClient.EndpointPath(deleted)).GetAwaiter().GetResult().Expect(HttpStatusCode.NoContent);
        };
        await app.EventAsync();
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count >= 1);
        app.Answer(200);

        await app.PassAsync(TimeSpan.FromMinutes(16));

        await ShouldHaveDeliveredToAsync(kept);
        Assert.DoesNotContain(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:"), row => row.PartitionKey == deleted && row.GetString("state") == "Pending");
    }

    [Fact]
    public async Task Should_deliver_to_an_endpoint_that_was_registered_a_moment_before()
    {
        await app.EndpointAsync("*");
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);

        var late = await app.EndpointAsync("*");
        await app.EventAsync();

        await app.Client.DeliveryAsync(late, "delivered");
        Assert.Equal(3, (await app.Receiver.WaitForAsync(3)).Count);
    }

    /// <summary>The host has given a message up.</summary>
    private Task PoisonAsync() => LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(2006).Count >= 1);

    private async Task ShouldHaveDeliveredToAsync(params string[] endpoints)
    {
        foreach (var endpoint in endpoints)
            await app.Client.DeliveryAsync(endpoint, "delivered");
        await LocalHost.Eventually.TrueAsync(async () => (await app.DueRowsAsync()).Count == 0);
        Assert.Single(app.Receiver.All.Select(webhook => webhook.EventId).Distinct());
        Assert.Single(app.Receiver.All.Select(webhook => Encoding.UTF8.GetString(webhook.Body)).Distinct());
        var stored = await app.Client.GetAsync($"{ApiClient.EventsPath}/{app.Receiver.All[0].EventId}");
        Assert.Equal(stored.Expect(HttpStatusCode.OK).Body, Encoding.UTF8.GetString(app.Receiver.All[0].Body));
    }
}
