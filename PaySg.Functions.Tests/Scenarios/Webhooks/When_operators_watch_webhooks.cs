using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_operators_watch_webhooks : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_see_attempts_in_the_trace_of_the_request_that_made_the_event()
    {
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Tracing.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId.ToHexString() == TraceId)
                    seen.Enqueue(activity.OperationName);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var endpoint = await app.EndpointAsync("*");

        await CreateTracedAsync();

        await app.Client.DeliveryAsync(endpoint, "delivered");
        await LocalHost.Eventually.TrueAsync(() => seen.Count >= 3);
        Assert.Equal([Tracing.Outbox, Tracing.Request, Tracing.Delivery], seen.Distinct().Order(StringComparer.Ordinal));
        Assert.False(app.Receiver.All[0].Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Should_carry_the_trace_although_nobody_listens_and_the_nudge_was_lost()
    {
        var endpoint = await app.EndpointAsync("*");
        app.App.HttpTraffic.BeforeSend = request =>
        {
            if (request.IsQueue)
                throw new IOException("The queue cannot be reached.");
        };
        await CreateTracedAsync();
        app.App.HttpTraffic.BeforeSend = static _ => { };

        await app.PassAsync(TimeSpan.FromSeconds(31));

        await app.Client.DeliveryAsync(endpoint, "delivered");
        var delivery = Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:"));
        Assert.StartsWith($"00-{TraceId}-", delivery.GetString("traceparent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_measure_attempts_deliveries_and_what_waits()
    {
        var metrics = app.App.Services.GetRequiredService<WebhookMetrics>();
        var measured = new ConcurrentQueue<string>();
        double? oldest = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == WebhookMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, metrics))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {value} {(tags.Length > 0 ? tags[0].Value : "")}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == WebhookMetrics.OldestUndelivered)
                oldest = value;
            else
                measured.Enqueue($"{instrument.Name} {tags[0].Value}");
        });
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.Null(oldest);
        var endpoint = await app.EndpointAsync("payment.created");

        (await app.Client.PostAsync(ApiClient.EndpointPath(endpoint) + "/test", "")).Expect(HttpStatusCode.OK);
        app.Answer(500);
        (await app.Client.PostAsync(ApiClient.EndpointPath(endpoint) + "/test", "")).Expect(HttpStatusCode.OK);

        Assert.Equal(
            [
                $"{WebhookMetrics.Attempts} 1 success", $"{WebhookMetrics.AttemptDuration} success", $"{WebhookMetrics.Deliveries} 1 delivered",
                $"{WebhookMetrics.Attempts} 1 failure", $"{WebhookMetrics.AttemptDuration} failure", $"{WebhookMetrics.Deliveries} 1 failed",
            ],
            measured);
        await app.EventAsync();
        await AttemptedAsync(1);
        await app.PassAsync(TimeSpan.FromMinutes(10));
        listener.RecordObservableInstruments();
        Assert.InRange(oldest!.Value, 600, 700);
        await AttemptedAsync(2);
        app.Answer(200);
        await app.PassAsync(TimeSpan.FromMinutes(10));
        await LocalHost.Eventually.TrueAsync(async () => (await app.DueRowsAsync()).Count == 0);
        await app.PassAsync(TimeSpan.Zero);
        listener.RecordObservableInstruments();
        Assert.Equal(0, oldest);

        // What an attempt came to is stored then, so that the next sweep finds when the next one is due.
        Task AttemptedAsync(int times) => LocalHost.Eventually.TrueAsync(async () =>
            (await app.Client.GetAsync(ApiClient.DeliveriesPath(endpoint))).Json.GetProperty("data").EnumerateArray().Any(delivery =>
                delivery.GetProperty("event_type").GetString() == "payment.created" && delivery.GetProperty("attempt_count").GetInt32() == times));
    }

    private async Task CreateTracedAsync()
    {
        using var http = new HttpClient(new ContractHandler(new SocketsHttpHandler { ActivityHeadersPropagator = null })) { BaseAddress = app.App.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.PaymentsPath)
        {
            Content = new StringContent(A.Payment().ToString(), System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "x-api-key", ApiClient.ApiKey }, { "traceparent", $"00-{TraceId}-b7ad6b7169203331-01" } },
        };
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
