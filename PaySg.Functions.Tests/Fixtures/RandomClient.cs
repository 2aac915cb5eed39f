using System.Collections.Concurrent;
using System.Net;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls several instances of the product at random and keeps book of what it was answered.</summary>
public sealed class RandomClient(IReadOnlyList<ApiClient> instances, Func<int, Task> repair, Action onStall)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentQueue<RandomCall> calls = new();
    private readonly List<string> payments = [];
    private int keys;

    /// <summary>All calls that may change something.</summary>
    public IReadOnlyList<RandomCall> Calls => [.. calls];

    /// <summary>Runs a plan on a few new payments.</summary>
    public async Task RunAsync(IReadOnlyList<IReadOnlyList<RandomStep>> batches, int newPayments)
    {
        payments.Clear();
        for (var i = 0; i < newPayments; i++)
            await RunAsync(new RandomStep(RandomCallKind.Create, i, 0, 0, IsKeyed: true, ""));
        foreach (var batch in batches)
        {
            var steps = batch.Select(step => Task.Run(() => RunAsync(step))).ToList();
            while (steps.Any(step => !step.IsCompleted))
            {
                await Task.WhenAny(Task.WhenAll(steps), Task.Delay(Pause, TimeProvider.System, CancellationToken.None));
                onStall();
            }

            await Task.WhenAll(steps);
        }
    }

    /// <summary>Sends every keyed call again.</summary>
    public async Task ReplayAllAsync()
    {
        foreach (var some in Calls.Where(call => call.Key is not null).Chunk(4))
            await Task.WhenAll(some.Select((call, index) => SendAsync(call, index)));
    }

    private async Task RunAsync(RandomStep step)
    {
        string? payment;
        lock (payments)
            payment = payments.Count == 0 ? null : payments[step.Payment % payments.Count];
        var key = step.IsKeyed ? $"key-{Interlocked.Increment(ref keys)}" : null;
        switch (step.Kind)
        {
            case RandomCallKind.Create:
                await SendAsync(Noted(new RandomCall(step.Kind, null, ApiClient.PaymentsPath, A.Payment().Of(RandomStep.AmountPaid).ToString(), key)), step.Instance);
                break;
            case RandomCallKind.Repair:
                await repair(step.Instance % instances.Count);
                break;
            case RandomCallKind.Replay when calls.Where(call => call.Key is not null).ToList() is { Count: > 0 } keyed:
                // Mostly of a call that was made just now.
                await SendAsync(keyed[^(1 + (step.Payment % Math.Min(keyed.Count, 6)))], step.Instance);
                break;
            case RandomCallKind.Pay when payment is not null:
                await SendAsync(Noted(new RandomCall(step.Kind, payment, $"/sandbox/payments/{payment}", $$"""{"outcome":"{{step.Outcome}}"}""", null)), step.Instance);
                break;
            case RandomCallKind.Cancel when payment is not null:
                await SendAsync(Noted(new RandomCall(step.Kind, payment, $"{ApiClient.PaymentsPath}/{payment}/cancel", "", key)), step.Instance);
                break;
            case RandomCallKind.Refund when payment is not null:
                await SendAsync(
                    Noted(new RandomCall(step.Kind, payment, $"{ApiClient.PaymentsPath}/{payment}/refund", $$"""{"refund_amount_in_cents":{{step.Amount}}}""", key)),
                    step.Instance);
                break;
            case RandomCallKind.Get when payment is not null:
                await instances[step.Instance % instances.Count].GetPaymentAsync(payment);
                break;
        }
    }

    /// <summary>From now on another step may repeat the call, while it is still on its way.</summary>
    private RandomCall Noted(RandomCall call)
    {
        calls.Enqueue(call);
        return call;
    }

    private async Task SendAsync(RandomCall call, int instance)
    {
        var answer = await instances[instance % instances.Count].PostAsync(call.Path, call.Body, idempotencyKey: call.Key);
        call.Answers.Enqueue(answer);
        if (answer.Status == HttpStatusCode.Created)
        {
            lock (payments)
            {
                if (!payments.Contains(answer["id"]!))
                    payments.Add(answer["id"]!);
            }
        }
    }
}
