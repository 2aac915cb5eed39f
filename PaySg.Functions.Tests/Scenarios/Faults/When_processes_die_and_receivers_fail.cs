using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Demo;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// A thousand events for a receiver that fails at random half the time, while the process is killed five times, each time with a POST under
/// way. What is late is asked for again by the recover call, as an operator would.
/// </summary>
public sealed class When_processes_die_and_receivers_fail(ITestOutputHelper output)
{
    private const int Events = 1000;
    private static readonly int[] KillsAfter = [150, 400, 700, 1000, 1300];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> acknowledged = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int received;
    private int kills;
    private bool isDying;
    private long lastReceived;
    private LocalHostProcess host = null!;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Should_have_every_event_acknowledged_and_repeat_only_what_a_kill_left_unrecorded()
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        var chance = new Chance(seed);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Responds = (webhook, context) => TakeAsync(webhook, context, chance);
        var connection = await TestAzurite.NewAccountAsync();
        host = await LocalHostProcess.StartAsync(connection, "--time-scale", "40");
        var (endpoint, _) = await host.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        using var done = new CancellationTokenSource(Limit);
        var supervisor = RestartAsync(connection, done.Token);

        await Parallel.ForAsync(0, Events, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await UntilAsync(async () => (await host.Client.CreatePaymentAsync(idempotencyKey: $"event-{i}")).Status == HttpStatusCode.Created, done.Token));
        while (acknowledged.Count < Events)
        {
            await UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(Interlocked.Read(ref lastReceived)) > Quiet), done.Token);
            await UntilAsync(
                async () => (await host.Client.PostAsync(
                    ApiClient.EndpointPath(endpoint) + "/recover", """{"since":"2020-01-01T00:00:00.000+08:00"}""")).Status == HttpStatusCode.Accepted,
                done.Token);
            Interlocked.Exchange(ref lastReceived, TimeProvider.System.GetTimestamp());
        }

        await done.CancelAsync();
        await supervisor;
        await host.DisposeAsync();

        // LocalHost's own payment to try belongs to another payment service.
        var created = (await StoredRows.OfAsync(connection, "paysgpayments", "e:")).Where(row => row.PartitionKey != DemoPayment.ServiceId).Select(row => row.GetString("id")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(KillsAfter.Length, kills);
        Assert.Equal(Events, created.Count);
        Assert.True(created.SetEquals(acknowledged.Keys));
        Assert.All(acknowledged, acknowledgement => Assert.Equal(acknowledgement.Value.Distinct(), acknowledgement.Value));
        Assert.Single(receiver.All.GroupBy(webhook => webhook.EventId).Select(same => same.Select(webhook => Convert.ToBase64String(webhook.Body)).Distinct().Count()).Distinct());
        output.WriteLine($"{receiver.All.Count} requests, {acknowledged.Count(pair => pair.Value.Count > 1)} events acknowledged in more than one life of the process.");
    }

    /// <summary>Kills, refuses, or acknowledges; an acknowledgement is noted with the life of the process that it was given to.</summary>
    private Task TakeAsync(Received webhook, HttpContext context, Chance chance)
    {
        Interlocked.Exchange(ref lastReceived, TimeProvider.System.GetTimestamp());
        lock (gate)
        {
            received++;
            if (isDying)
            {
                // Sent by a process that is killed already: it cannot record an answer.
                context.Abort();
                return Task.CompletedTask;
            }

            if (kills < KillsAfter.Length && received >= KillsAfter[kills])
            {
                kills++;
                isDying = true;
                host.Kill();
                context.Abort();
                return Task.CompletedTask;
            }

            var takes = chance.Is(50);
            if (takes)
                acknowledged.GetOrAdd(webhook.EventId, _ => new ConcurrentQueue<int>()).Enqueue(kills);
            context.Response.StatusCode = takes ? StatusCodes.Status204NoContent : StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }
    }

    private async Task RestartAsync(string connection, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await host.WaitForEndAsync().WaitAsync(done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
                break;
            lock (gate)
                isDying = false;
            host = await LocalHostProcess.StartAsync(connection, "--time-scale", "40");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> happens, CancellationToken done)
    {
        while (true)
        {
            try
            {
                if (await happens())
                    return;
            }
            catch (HttpRequestException)
            {
                // The process is dead: the next one takes it.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, done);
        }
    }
}
