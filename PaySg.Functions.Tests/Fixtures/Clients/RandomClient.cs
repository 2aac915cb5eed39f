using System.Collections.Concurrent;
using System.Net;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls several instances of the product at random and keeps book of what it was answered.</summary>
public sealed class RandomClient(IReadOnlyList<ApiClient> instances, Func<int, Task> repair, Action onStall)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentQueue<RandomCall> calls = new();
    private readonly List<string> payments = [];
    private readonly List<(string Payment, string Attempt)> attempts = [];
    private int keys;

    /// <summary>Has the bank decide an attempt without a notice of it; null: every decision is told.</summary>
    public Func<string, string, bool, Task>? Decide { get; init; }

    /// <summary>Sends a notice about an attempt of a payment; null: there are none but those of decisions.</summary>
    public Func<string, string, Task>? Notify { get; init; }

    /// <summary>Lets calls to the gateway arrive that are on their way.</summary>
    public Func<Task> Arrive { get; init; } = static () => Task.CompletedTask;

    /// <summary>All calls that may change something.</summary>
    public IReadOnlyList<RandomCall> Calls => [.. calls];

    /// <summary>Runs a plan on a few new payments.</summary>
    public async Task RunAsync(IReadOnlyList<IReadOnlyList<RandomStep>> batches, int newPayments)
    {
        payments.Clear();
        attempts.Clear();
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
            case RandomCallKind.Settle when AttemptOf(step) is var (of, attempt) && step.IsKeyed && Decide is not null:
                await Decide(of, attempt, step.Outcome == "succeeded");
                break;
            case RandomCallKind.Settle when AttemptOf(step) is var (of, attempt):
                var settled = step.Outcome == "succeeded" ? "succeeded" : "failed";
                await SendAsync(Noted(new RandomCall(step.Kind, of, $"/sandbox/attempts/{attempt}", $$"""{"outcome":"{{settled}}"}""", key)), step.Instance);
                break;
            case RandomCallKind.Notice when AttemptOf(step) is var (of, attempt) && Notify is not null:
                await Notify(of, attempt);
                break;
            case RandomCallKind.Arrive:
                await Arrive();
                break;
            case RandomCallKind.Get when payment is not null:
                await instances[step.Instance % instances.Count].GetPaymentAsync(payment);
                break;
        }
    }

    /// <summary>An attempt that the client was told of, mostly one of the last.</summary>
    private (string Payment, string Attempt)? AttemptOf(RandomStep step)
    {
        lock (payments)
            return attempts.Count == 0 ? null : attempts[^(1 + (step.Payment % Math.Min(attempts.Count, 4)))];
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
        if (call.Body.Contains("pending", StringComparison.Ordinal) && answer.Headers.TryGetValue("paysg-attempt-id", out var attempt))
        {
            lock (payments)
                attempts.Add((call.PaymentId!, attempt));
        }

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
