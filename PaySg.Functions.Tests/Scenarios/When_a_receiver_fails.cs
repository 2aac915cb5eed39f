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
