using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_receiver_fails
{
    [Fact]
    public async Task Should_try_again_with_the_same_id_and_body_and_a_new_signature()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var answered = 0;
        receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answered) == 1 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
            return context.Response.WriteAsync("thank you, later");
        };
        await using var app = await PaySgApp.StartAsync(timeScale: 20);
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));

        await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());

        var received = await receiver.WaitForAsync(2);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(3001).Count == 1);
        Assert.Equal(received[0].EventId, received[1].EventId);
        Assert.Equal(received[0].Body, received[1].Body);
        Assert.Equal(received[0].Headers["webhook-id"], received[1].Headers["webhook-id"]);
        Assert.NotEqual(received[0].Headers["PaySG-Signature"], received[1].Headers["PaySG-Signature"]);
        var delivery = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:"));
        Assert.Equal("Delivered", delivery.GetString("state"));
        Assert.Equal(2, delivery.GetInt32("attempt_count"));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "d:"));
    }

    /// <summary>The wait as the receiver measures it: from its answer to the next request.</summary>
    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests, "7200", 7200)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, "9999999999", 12 * 3600)]
    [InlineData(StatusCodes.Status429TooManyRequests, "99999999999999999999999999", 12 * 3600)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, "Fri, 31 Dec 9999 23:59:59 GMT", 12 * 3600)]
    public async Task Should_leave_a_receiver_alone_for_as_long_as_it_asks_up_to_twelve_hours(int status, string retryAfter, int seconds)
    {
        await using var app = await WebhookApp.StartAsync();
        var answeredAt = default(DateTimeOffset);
        app.Receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            answeredAt = app.Clock.GetUtcNow();
            return Task.CompletedTask;
        };
        await app.EndpointAsync("payment.created");
        await app.EventAsync();
        await app.Receiver.WaitForAsync(1);
        await LocalHost.Eventually.TrueAsync(() => app.App.Log.Of(3002).Count == 1);

        var due = Assert.Single(await StoredRows.OfAsync(app.App.Connection, "paysgdeliveries", "v:")).GetString("scheduled_at");
        Assert.InRange(DateTimeOffset.Parse(due!, CultureInfo.InvariantCulture) - answeredAt, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 30));
        await app.PassAsync(TimeSpan.FromSeconds(seconds - 60));
        Assert.Single(app.Receiver.All);
        await app.PassAsync(TimeSpan.FromSeconds(150));
        await app.Receiver.WaitForAsync(2);
    }

    [Fact]
    public async Task Should_not_follow_redirects_and_keep_the_next_attempt_as_a_due_row()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = (_, context) =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));

        await app.Client.PayAsync(await app.Client.CreatedPaymentAsync());

        await receiver.WaitForAsync(1);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(3002).Count == 1);
        var delivery = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "v:"));
        Assert.Equal("Pending", delivery.GetString("state"));
        var due = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "d:"));
        Assert.Equal(due.RowKey, delivery.GetString("due"));
        Assert.Equal(2, due.GetInt32("attempt"));
        Assert.Single(receiver.All);
    }
}
