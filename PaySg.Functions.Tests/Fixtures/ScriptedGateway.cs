using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Checkout;
using PaySg.Functions.Checkout.Sandbox;
using PaySg.Functions.Ids;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What a <see cref="ScriptedGateway"/> does with refunds.</summary>
public enum RefundScript
{
    Take,
    ThrowAfterTaking,
    ThrowBeforeTaking,
    Refuse,
}

/// <summary>The sandbox gateway with a script: it may stay silent, refuse, or charge what was voided. One for all groups of functions.</summary>
public sealed class ScriptedGateway
{
    /// <summary>What becomes of refunds.</summary>
    public RefundScript Refunds { get; set; }

    /// <summary>Whether a voided attempt is charged all the same, as a rail that decides late may do.</summary>
    public bool ChargesVoidedAttempts { get; init; }

    /// <summary>Runs when a confirmation arrives.</summary>
    public Func<Task> BeforeConfirm { get; set; } = static () => Task.CompletedTask;

    /// <summary>The keys of the refunds that were taken.</summary>
    public ConcurrentQueue<string> Refunded { get; } = new();

    public void Register(string group, IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IGateway>(provider =>
            new Scripted(this, new SandboxGateway(provider.GetRequiredService<PaySgTables>(), provider.GetRequiredService<IdGenerator>()))));

    private sealed class Scripted(ScriptedGateway script, SandboxGateway sandbox) : IGateway
    {
        public bool IsSandbox => true;

        public Task BeginAsync(string paymentId, long amountInCents, CancellationToken cancellationToken) =>
            sandbox.BeginAsync(paymentId, amountInCents, cancellationToken);

        public async Task<ChargeOutcome> ConfirmAsync(string paymentId, string attemptId, PaymentMethod method, CancellationToken cancellationToken)
        {
            await script.BeforeConfirm();
            var outcome = await sandbox.ConfirmAsync(paymentId, attemptId, method, cancellationToken);
            return outcome.State == ChargeState.Voided && script.ChargesVoidedAttempts ? new ChargeOutcome(ChargeState.Succeeded) : outcome;
        }

        public Task<ChargeOutcome> VoidAsync(string paymentId, string attemptId, CancellationToken cancellationToken) =>
            sandbox.VoidAsync(paymentId, attemptId, cancellationToken);

        public Task<ChargeOutcome> FindAsync(string paymentId, string attemptId, CancellationToken cancellationToken) =>
            sandbox.FindAsync(paymentId, attemptId, cancellationToken);

        public async Task<RefundOutcome> RefundAsync(
            string paymentId, string attemptId, string refundId, long amountInCents, CancellationToken cancellationToken)
        {
            switch (script.Refunds)
            {
                case RefundScript.Refuse:
                    return new RefundOutcome(false, "insufficient_funds");
                case RefundScript.ThrowBeforeTaking:
                    throw new TimeoutException("The gateway did not answer.");
            }

            var outcome = script.ChargesVoidedAttempts
                ? new RefundOutcome(true)
                : await sandbox.RefundAsync(paymentId, attemptId, refundId, amountInCents, cancellationToken);
            script.Refunded.Enqueue(refundId);
            return script.Refunds == RefundScript.ThrowAfterTaking ? throw new TimeoutException("The gateway did not answer.") : outcome;
        }
    }
}
