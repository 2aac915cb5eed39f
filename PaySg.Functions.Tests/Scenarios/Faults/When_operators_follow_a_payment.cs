using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>What docs/operate/operations.md asks for by a payment's id, or by the id that a caller read in <c>x-request-id</c>.</summary>
public sealed class When_operators_follow_a_payment : IAsyncLifetime, IDisposable
{
    private const string PaymentPath = "/v1/payment-services/{paymentServiceId}/payments/{paymentId}";

    private static readonly string[] PayerData =
    [
        "Siti Café", "siti@example.com", "0812345678", "S9812345D", "4242 4242", "4242424242424242", "4000000000000002", "10 Bayfront",
    ];

    private readonly ConcurrentQueue<Activity> steps = new();
    private readonly ActivityListener listener;
    private WebhookApp app = null!;

    public When_operators_follow_a_payment() => listener = new ActivityListener
    {
        ShouldListenTo = static source => source.Name == Tracing.SourceName,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = steps.Enqueue,
    };

    public async Task InitializeAsync()
    {
        ActivitySource.AddActivityListener(listener);
        app = await WebhookApp.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task Should_find_its_whole_life_by_its_id_in_steps_and_lines()
    {
        var endpoint = await app.EndpointAsync("*");

        var created = await app.Client.CreatePaymentAsync();
        var id = created["id"]!;
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 100)).Expect(HttpStatusCode.OK);
        var refunds = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}/refunds")).Expect(HttpStatusCode.OK);
        (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);

        await LocalHost.Eventually.TrueAsync(() => StepsOf(id).Count(step => step.OperationName == Tracing.Delivery) == 3);
        await LocalHost.Eventually.TrueAsync(() => StepsOf(id).Count(step => step.OperationName == Tracing.Outbox) == 3);
        var calls = StepsOf(id).Where(step => step.OperationName == Tracing.Request).Select(step => Of(step, TraceTag.Call)).Order(StringComparer.Ordinal);
        Assert.Equal(
            [$"GET {PaymentPath}", $"GET {PaymentPath}/refunds", "POST /sandbox/payments/{paymentId}", "POST /v1/payment-services/{paymentServiceId}/payments", $"POST {PaymentPath}/refund"],
            calls);
        Assert.Contains(StepsOf(id), step => Of(step, TraceTag.RefundId) is { } refund && refunds.Body.Contains(refund, StringComparison.Ordinal));
        Assert.All(StepsOf(id).Where(step => step.OperationName == Tracing.Delivery), step => Assert.Equal(endpoint, Of(step, TraceTag.EndpointId)));

        // By the caller's id to the one trace of the call, and to the deliveries that it caused.
        var call = Assert.Single(steps, step => Of(step, TraceTag.RequestId) == created.Headers["x-request-id"]);
        Assert.Equal([Tracing.Outbox, Tracing.Request, Tracing.Delivery], StepsOf(id).Where(step => step.TraceId == call.TraceId).Select(step => step.OperationName).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("201", Of(call, TraceTag.Status));

        var delivered = app.App.Log.Of(3001).Where(line => line.Properties.GetValueOrDefault(TraceTag.PaymentId) == id).ToList();
        Assert.Equal(3, delivered.Count);
        Assert.All(delivered, line => Assert.Equal((endpoint, endpoint), (line.Properties[TraceTag.EndpointId], line.Properties["EndpointId"])));
    }

    [Fact]
    public async Task Should_find_a_paid_link_by_its_number_and_by_its_attempt()
    {
        var management = new ManagementClient(app.App.BaseAddress);
        var account = await management.CreatedAccountAsync(app.Receiver.Url.AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var link = await merchant.CreatedLinkAsync();
        var number = link.Id().ToString(CultureInfo.InvariantCulture);

        await PayLinkAsync(link.ReffNo());
        await app.Receiver.WaitForAsync(1);

        // The fan-out makes the first attempt, so its step ends last.
        await LocalHost.Eventually.TrueAsync(() => steps.Any(step => step.OperationName == Tracing.Outbox && Of(step, TraceTag.PaymentLinkId) == number));
        var about = steps.Where(step => Of(step, TraceTag.PaymentLinkId) == number).ToList();
        Assert.Equal([Tracing.Outbox, Tracing.Request, Tracing.Delivery], about.Select(step => step.OperationName).Distinct().Order(StringComparer.Ordinal));
        var attempt = Assert.Single(about.Select(step => Of(step, TraceTag.AttemptId)).OfType<string>().Distinct());
        Assert.Contains(app.App.Log.Of(3001), line => line.Properties.GetValueOrDefault(TraceTag.AttemptId) == attempt);
    }

    [Fact]
    public async Task Should_see_a_failed_call_as_one_with_the_ids_on_its_line()
    {
        var id = await app.Client.CreatedPaymentAsync();
        app.App.HttpTraffic.BeforeSend = static _ => throw new DivideByZeroException("a bug");
        var failed = await app.Client.GetPaymentAsync(id);
        app.App.HttpTraffic.BeforeSend = static _ => { };

        failed.Expect(HttpStatusCode.InternalServerError);
        var line = Assert.Single(app.App.Log.Of(1001));
        Assert.Equal((id, failed.Headers["x-request-id"]), (line.Properties[TraceTag.PaymentId], line.Properties[TraceTag.RequestId]));
        await LocalHost.Eventually.TrueAsync(() => steps.Any(step => Of(step, TraceTag.RequestId) == line.Properties[TraceTag.RequestId]));
        var step = Assert.Single(steps, step => Of(step, TraceTag.RequestId) == line.Properties[TraceTag.RequestId]);
        Assert.Equal((ActivityStatusCode.Error, "500"), (step.Status, Of(step, TraceTag.Status)));
    }

    [Fact]
    public async Task Should_not_be_shown_what_somebody_typed_into_a_path()
    {
        await app.Client.GetAsync("/payments/siti@example.com");
        await app.Client.GetAsync("/siti@example.com/x?name=Siti");

        await LocalHost.Eventually.TrueAsync(() => steps.Count(step => step.OperationName == Tracing.Request) >= 2);
        Assert.Contains(steps, step => Of(step, TraceTag.Call) == "GET /payments/{paymentId}");
        Assert.DoesNotContain(steps.SelectMany(step => step.TagObjects), tag => $"{tag.Value}".Contains("siti", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Should_never_read_payer_data_or_secrets()
    {
        var (_, webhookSecret) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(app.Receiver.Url).For("*"));
        var payment = A.Payment().With("payer_name", "Siti Café").With("payer_email", "siti@example.com").With("payer_identifier", "S9812345D").With("payer_address", "10 Bayfront Avenue");
        using var pages = new PageClient(app.App.BaseAddress);

        // A payer who is declined, pays, and gets mails; a receiver that fails; a refund.
        app.Answer(500);
        var id = await app.Client.CreatedPaymentAsync(payment);
        (await app.Client.PostAsync($"{ApiClient.PaymentsPath}/{id}/send-email", "")).Expect(HttpStatusCode.OK);
        await pages.FollowAsync(id, PageClient.Card("4000000000000002"));
        await pages.FollowAsync(id, PageClient.Card());
        (await app.Client.RefundAsync(id, 100)).Expect(HttpStatusCode.OK);
        await app.Client.CreatePaymentAsync(A.Payment().With("payer_email", "siti@example.com (home)"));

        // A payer of a link, and its merchant.
        var management = new ManagementClient(app.App.BaseAddress);
        var account = await management.CreatedAccountAsync(app.Receiver.Url.AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var token = await merchant.TokenAsync();
        var link = await merchant.CreatedLinkAsync();
        await PayLinkAsync(link.ReffNo());
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(5001).Count >= 1 && app.App.Log.Of(3002).Count >= 4);

        string[] secrets = [webhookSecret, merchant.Secret, token, ApiClient.ApiKey, "paysg_management_demo", "bG9jYWwt"];
        var said = app.App.Log.All.Select(line => $"{line.Message} {line.Exception} {string.Join(' ', line.Properties.Values)}")
            .Concat(steps.Select(step => string.Join(' ', step.TagObjects.Select(tag => tag.Value).Append(step.DisplayName).Append(step.StatusDescription))))
            .ToList();
        Assert.True(said.Count > 30);
        Assert.All(PayerData.Concat(secrets), text => Assert.DoesNotContain(said, line => line.Contains(text, StringComparison.Ordinal)));
    }

    private static string? Of(Activity step, string tag) => step.GetTagItem(tag)?.ToString();

    private List<Activity> StepsOf(string paymentId) => [.. steps.Where(step => Of(step, TraceTag.PaymentId) == paymentId)];

    private async Task PayLinkAsync(string reffNo) =>
        (await app.Client.PostAsync(
            $"/sandbox/payment-links/{reffNo}/attempts",
            """{"payment_method":"QRIS","outcome":"succeeded","customer":{"name":"Siti Café","email":"siti@example.com","phone":"0812345678"}}""",
            apiKey: null)).Expect(HttpStatusCode.OK);
}
