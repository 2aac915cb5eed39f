using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a <see cref="ScriptedGateway"/> does with refunds.</summary>
public enum RefundScript
{
    Take,
    ThrowAfterTaking,
    ThrowBeforeTaking,
    Refuse,
}

/// <summary>How a <see cref="ScriptedGateway"/> takes a call.</summary>
public enum GatewayMood
{
    Answers,
    FailsBefore,
    FailsAfter,
    Hangs,

    /// <summary>The call arrives twice.</summary>
    Doubles,

    /// <summary>There is no answer, and the call arrives later, behind calls that were sent after it.</summary>
    ArrivesLater,
}

/// <summary>The sandbox gateway with a script: it may stay silent, refuse, or charge what was voided. One for all groups of functions.</summary>
public sealed class ScriptedGateway
{
    private readonly ConcurrentBag<TaskCompletionSource> hanging = [];
    private readonly ConcurrentQueue<Func<Task>> underway = new();
    private readonly ConcurrentDictionary<string, bool> refused = new(StringComparer.Ordinal);

    /// <summary>What becomes of refunds.</summary>
    public RefundScript Refunds { get; set; }

    /// <summary>Whether a voided attempt is charged all the same, as a rail that decides late may do.</summary>
    public bool ChargesVoidedAttempts { get; init; }

    /// <summary>Whether it cannot say yet if an attempt is withdrawn, as a rail that is still at work.</summary>
    public bool IsStillAtWork { get; set; }

    /// <summary>Whether it offers what Stripe does: cards on a page of its own, amounts within bounds, and no method of payment links.</summary>
    public bool OffersAsStripe { get; set; }

    /// <summary>Asked for each call.</summary>
    public Func<GatewayMood> Mood { get; set; } = static () => GatewayMood.Answers;

    /// <summary>Asked once for each refund, when it first arrives: true: it is refused for good, whenever it is sent again.</summary>
    public Func<bool> RefusesForGood { get; set; } = static () => false;

    /// <summary>Runs when a confirmation arrives.</summary>
    public Func<Task> BeforeConfirm { get; set; } = static () => Task.CompletedTask;

    /// <summary>Runs when a confirmation was decided, before its answer leaves.</summary>
    public Func<Task> AfterConfirm { get; set; } = static () => Task.CompletedTask;

    /// <summary>Runs when a refund was taken, before its answer leaves.</summary>
    public Func<string, Task> AfterRefund { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The keys of the refunds that were taken.</summary>
    public ConcurrentQueue<string> Refunded { get; } = new();

    /// <summary>The attempts that were charged although they were voided.</summary>
    public ConcurrentDictionary<string, bool> ChargedLate { get; } = new(StringComparer.Ordinal);

    /// <summary>What went back of charges of <see cref="ChargedLate"/>, which the sandbox does not know: by the refund's key, the attempt and the amount.</summary>
    public ConcurrentDictionary<string, (string AttemptId, long AmountInCents)> RefundedLate { get; } = new(StringComparer.Ordinal);

    /// <summary>How many calls have yet to arrive.</summary>
    public int Underway => underway.Count;

    /// <summary>How many calls hang.</summary>
    public int Hanging => hanging.Count;

    /// <summary>Lets all calls that hang go on.</summary>
    public void Release()
    {
        while (hanging.TryTake(out var call))
            call.SetResult();
    }

    /// <summary>Lets all calls arrive that are still on their way.</summary>
    public async Task ArriveAsync()
    {
        while (underway.TryDequeue(out var call))
            await call();
    }

    public void Register(string group, IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IGateway>(provider =>
            new Scripted(this, ActivatorUtilities.CreateInstance<SandboxGateway>(provider))));

    private sealed class Scripted(ScriptedGateway script, SandboxGateway sandbox) : IGateway
    {
        public bool IsSandbox => true;

        public IReadOnlyList<OfferedMethod> Methods => script.OffersAsStripe
            ? [new(MethodKinds.Card, LeastInCents: 50, MostInCents: 20_000_000), new(MethodKinds.PayNow, LeastInCents: 50, MostInCents: 20_000_000)]
            : sandbox.Methods;

        public bool TakesLinkMethods => !script.OffersAsStripe;

        public ICardTokens? Cards => script.OffersAsStripe ? null : sandbox.Cards;

        public Task<string?> AccountOfAsync(string ownerId, CancellationToken cancellationToken) => sandbox.AccountOfAsync(ownerId, cancellationToken);

        public async Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method, CancellationToken cancellationToken)
        {
            await InMoodAsync(async () =>
            {
                await sandbox.BeginAsync(attempt, cancellationToken);
                return attempt;
            });
            return await InMoodAsync(async () =>
            {
                await script.BeforeConfirm();
                var outcome = await sandbox.ConfirmAsync(attempt, method, cancellationToken);
                await script.AfterConfirm();
                if (outcome.State != ChargeState.Voided || !script.ChargesVoidedAttempts)
                    return outcome;
                script.ChargedLate[attempt.Key.AttemptId] = true;
                return new ChargeOutcome(ChargeState.Succeeded);
            });
        }

        public Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt, CancellationToken cancellationToken) =>
            InMoodAsync(() => script.IsStillAtWork ? Task.FromResult(new ChargeOutcome(ChargeState.Pending))
                : script.ChargedLate.ContainsKey(attempt.Key.AttemptId) ? Task.FromResult(new ChargeOutcome(ChargeState.Succeeded))
                : sandbox.VoidAsync(attempt, cancellationToken));

        public Task<ChargeOutcome> FindAsync(GatewayAttempt attempt, CancellationToken cancellationToken) =>
            InMoodAsync(() => script.ChargedLate.ContainsKey(attempt.Key.AttemptId)
                ? Task.FromResult(new ChargeOutcome(ChargeState.Succeeded))
                : sandbox.FindAsync(attempt, cancellationToken));

        public Task<RefundOutcome> RefundAsync(GatewayRefund refund, CancellationToken cancellationToken) => InMoodAsync(() => script.Refunds switch
        {
            RefundScript.Refuse => Task.FromResult(RefundOutcome.Refused("insufficient_funds")),
            RefundScript.ThrowBeforeTaking => throw new TimeoutException("The gateway did not answer."),
            _ => TakeAsync(refund, cancellationToken),
        });

        public Task<RefundOutcome> FindRefundAsync(GatewayRefund refund, CancellationToken cancellationToken) => InMoodAsync(() => script.Refunds switch
        {
            RefundScript.ThrowAfterTaking or RefundScript.ThrowBeforeTaking => throw new TimeoutException("The gateway did not answer."),
            _ when script.RefundedLate.ContainsKey(refund.Id) => Task.FromResult(RefundOutcome.Succeeded),
            _ => sandbox.FindRefundAsync(refund, cancellationToken),
        });

        private async Task<RefundOutcome> TakeAsync(GatewayRefund refund, CancellationToken cancellationToken)
        {
            var attemptId = refund.Charged.Key.AttemptId;
            var isLate = script.ChargedLate.ContainsKey(attemptId);
            if (!refund.Id.StartsWith(attemptId, StringComparison.Ordinal) && script.refused.GetOrAdd(refund.Id, _ => script.RefusesForGood()))
                return RefundOutcome.Refused("insufficient_funds");
            if (isLate)
                script.RefundedLate[refund.Id] = (attemptId, refund.Amount.Amount);
            var outcome = isLate ? RefundOutcome.Succeeded : await sandbox.RefundAsync(refund, cancellationToken);
            script.Refunded.Enqueue(refund.Id);
            await script.AfterRefund(refund.Id);
            return script.Refunds == RefundScript.ThrowAfterTaking ? throw new TimeoutException("The gateway did not answer.") : outcome;
        }

        private async Task<T> InMoodAsync<T>(Func<Task<T>> call)
        {
            var mood = script.Mood();
            if (mood == GatewayMood.FailsBefore)
                throw new TimeoutException("The gateway did not answer.");
            if (mood == GatewayMood.Hangs)
            {
                var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                script.hanging.Add(release);
                await release.Task;
            }

            if (mood == GatewayMood.ArrivesLater)
            {
                script.underway.Enqueue(call);
                throw new TimeoutException("The gateway did not answer.");
            }

            var answer = await call();
            if (mood == GatewayMood.Doubles)
                answer = await call();
            return mood == GatewayMood.FailsAfter ? throw new TimeoutException("The gateway did not answer.") : answer;
        }
    }
}
