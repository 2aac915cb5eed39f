using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_storage_is_down
{
    [Fact]
    public async Task Should_answer_503_and_take_the_same_keyed_request_once_afterwards()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.IsCutOff = true;

        var refused = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("storage_unavailable", refused.ErrorCode);
        Assert.Equal("5", refused.Headers["Retry-After"]);
        Assert.DoesNotContain("   at ", refused.Body, StringComparison.Ordinal);
        app.HttpTraffic.IsCutOff = false;
        var first = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.Created);
        var second = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Headers["Idempotent-Replayed"]);
    }

    [Fact]
    public async Task Should_keep_a_payment_whose_nudge_could_not_be_sent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.BeforeSend = request =>
        {
            if (request.IsQueue)
                throw new IOException("The queue cannot be reached.");
        };

        var created = (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);

        Assert.Single(app.Log.Of(2001));
        (await app.Client.GetPaymentAsync(created["id"]!)).Expect(HttpStatusCode.OK);
    }

    public static TheoryData<int, string, string> QueueFaults => new()
    {
        { 403, "AuthorizationPermissionMismatch", "Queue paysg-outbox refuses the app (AuthorizationPermissionMismatch). Give its identity the roles" },
        { 404, "QueueNotFound", "Queue paysg-outbox does not exist. Deploy the infrastructure again." },
        { 503, "ServerBusy", "Queue paysg-outbox is over its limits or has a fault (503 ServerBusy)." },
        { 507, "InsufficientStorage", "Queue paysg-outbox is full (507 InsufficientStorage). Make room" },
    };

    [Theory]
    [MemberData(nameof(QueueFaults))]
    public async Task Should_take_a_payment_say_what_the_queue_lacks_and_have_the_sweeper_tell_it_later(int status, string code, string line)
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using var proxy = await StorageProxy.StartAsync(connection);
        var clock = new ShiftedClock();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(
            proxy.Connection,
            new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" },
            (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        proxy.Refuses = request => request.Method == "POST" && request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal) ? (status, code) : null;

        (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);

        var logged = Assert.Single(app.Log.Of(2001));
        Assert.Contains(line, logged.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.All);
        clock.Shift = TimeSpan.FromSeconds(31);
        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        Assert.Contains("A table or queue " + line["Queue paysg-outbox ".Length..], Assert.Single(app.Log.Of(2005)).Message, StringComparison.Ordinal);
        proxy.Refuses = static _ => null;
        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        Assert.Single(await receiver.WaitForAsync(1));
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "its table or queue refuses the app (AuthorizationPermissionMismatch). Give its identity the roles Storage Table Data Contributor and Storage Queue Data Contributor on the account")]
    [InlineData(403, "AuthenticationFailed", "its table or queue refuses the signature (AuthenticationFailed). This machine's clock is 20 minutes behind storage's. Set it (NTP)")]
    [InlineData(404, "TableNotFound", "its table or queue does not exist. Deploy the infrastructure again, or write PaySg__TablePrefix")]
    public async Task Should_answer_503_and_say_what_to_do_where_storage_refuses_the_app(int status, string code, string line)
    {
        await using var proxy = await StorageProxy.StartAsync(await TestAzurite.NewAccountAsync());
        await using var app = await PaySgApp.StartAsync(proxy.Connection);
        await app.Client.CreatedPaymentAsync();
        proxy.ClockAhead = TimeSpan.FromMinutes(20);
        proxy.Refuses = request => request.Path.Value!.Contains("$batch", StringComparison.Ordinal) ? (status, code) : null;

        var refused = (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("storage_unavailable", refused.ErrorCode);
        Assert.DoesNotContain(code, refused.Body, StringComparison.Ordinal);
        var logged = Assert.Single(app.Log.Of(1006));
        Assert.Contains(line, logged.Message, StringComparison.Ordinal);
        Assert.Contains(refused.Headers["x-request-id"], logged.Message, StringComparison.Ordinal);
        proxy.Refuses = static _ => null;
        (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);
    }
}
