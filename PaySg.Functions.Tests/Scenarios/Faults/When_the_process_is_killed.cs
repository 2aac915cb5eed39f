using System.Net;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// LocalHost dies by SIGKILL between a payment and its webhook, and is started again. The queue hides a taken message for ten
/// minutes; the sweeper is faster, and the late message then does nothing.
/// </summary>
public abstract class KilledProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Sets the trap that kills the process.</summary>
    private protected abstract void SetTrap(StorageProxy storage, WebhookReceiver receiver, Action kill);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Should_deliver_the_webhook_after_a_restart()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var connection = await TestAzurite.NewAccountAsync();
        await using var storage = await StorageProxy.StartAsync(connection);
        await using var first = await LocalHostProcess.StartAsync(storage.Connection);
        await first.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        var id = await first.Client.CreatedPaymentAsync();

        // The demo's payment has an event, too: the trap is for the event that comes after these. Nobody subscribes to them, so the sweep takes them.
        await Eventually.TrueAsync(async () => (await StoredRows.OfAsync(connection, "paysgpayments", OutboxRow.Prefix)).Count == 0, Limit);
        SetTrap(storage, receiver, first.Kill);
        await PayAsync(first, id);
        await first.WaitForEndAsync();
        storage.PassesOn = static _ => true;
        storage.PassesBack = static (_, _) => true;
        receiver.Responds = static (_, context) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.NoContent;
            return Task.CompletedTask;
        };
        var before = receiver.All;
        await using var second = await LocalHostProcess.StartAsync(storage.Connection);

        var received = await receiver.WaitForAsync(before.Count + 1, Limit);

        var webhook = received[^1];
        Assert.Equal("payment.succeeded", webhook.Type);
        Assert.Equal("paid", (await second.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.All(before, earlier =>
        {
            Assert.Equal(earlier.EventId, webhook.EventId);
            Assert.Equal(earlier.Body, webhook.Body);
        });
    }

    private protected static bool IsSend(HttpRequest request, string queue) =>
        request.Method == "POST" && request.Path.Value!.EndsWith($"/{queue}/messages", StringComparison.Ordinal);

    private protected static bool IsTaken(HttpRequest request, string answer, string queue) =>
        request.Method == "GET"
        && request.Path.Value!.EndsWith($"/{queue}/messages", StringComparison.Ordinal)
        && answer.Contains("<MessageId>", StringComparison.Ordinal);

    /// <summary>Where the process dies before it answers, the payer sees a broken connection.</summary>
    private static async Task PayAsync(LocalHostProcess host, string id)
    {
        try
        {
            await host.Client.PayAsync(id);
        }
        catch (HttpRequestException)
        {
            await host.WaitForEndAsync();
        }
    }
}

public sealed class When_the_process_is_killed_with_the_nudge_unsent : KilledProcess
{
    private protected override void SetTrap(StorageProxy storage, WebhookReceiver receiver, Action kill) =>
        storage.PassesOn = request => !Killed(IsSend(request, "paysg-outbox"), kill);

    private static bool Killed(bool now, Action kill)
    {
        if (now)
            kill();
        return now;
    }
}

public sealed class When_the_process_is_killed_with_the_nudge_taken : KilledProcess
{
    private protected override void SetTrap(StorageProxy storage, WebhookReceiver receiver, Action kill) =>
        storage.PassesBack = (request, answer) =>
        {
            var taken = IsTaken(request, answer, "paysg-outbox");
            if (taken)
                kill();
            return !taken;
        };
}

/// <summary>The first attempt fails, so the second comes by a message.</summary>
public sealed class When_the_process_is_killed_with_the_delivery_message_taken : KilledProcess
{
    private protected override void SetTrap(StorageProxy storage, WebhookReceiver receiver, Action kill)
    {
        receiver.Responds = static (_, context) =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            return Task.CompletedTask;
        };
        storage.PassesBack = (request, answer) =>
        {
            var taken = IsTaken(request, answer, "paysg-deliveries");
            if (taken)
                kill();
            return !taken;
        };
    }
}

public sealed class When_the_process_is_killed_with_the_post_under_way : KilledProcess
{
    private protected override void SetTrap(StorageProxy storage, WebhookReceiver receiver, Action kill) =>
        receiver.Responds = (_, context) =>
        {
            kill();
            context.Abort();
            return Task.CompletedTask;
        };
}
