using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>Reads the objects that attempts are charged by, a session or an intent, as they are at Stripe now. A session is read with its payment intent, and that with the charge, which names the card.</summary>
internal sealed class StripeCharges(StripeApi api, StripeSettings settings)
{
    private readonly SessionService sessions = new(api.Client);
    private readonly PaymentIntentService intents = new(api.Client);

    /// <summary>What those objects mean.</summary>
    public StripeOutcomes Outcomes { get; } = new(settings.IsLive);

    /// <summary>What became of an attempt.</summary>
    /// <param name="reference">Its session or its intent.</param>
    public async Task<ChargeOutcome> FindAsync(string reference, GatewayAttempt attempt, CancellationToken cancellationToken) => StripeIds.IsSession(reference)
        ? Outcomes.Of(await GetSessionAsync(reference, attempt.Handle?.Account, cancellationToken), attempt)
        : Outcomes.Of(await GetIntentAsync(reference, attempt.Handle?.Account, cancellationToken), attempt);

    public Task<Session> GetSessionAsync(string id, string? account, CancellationToken cancellationToken = default) =>
        sessions.GetAsync(id, new SessionGetOptions { Expand = ["payment_intent.latest_charge"] }, StripeApi.With(account), cancellationToken);

    public Task<PaymentIntent> GetIntentAsync(string id, string? account, CancellationToken cancellationToken = default) =>
        intents.GetAsync(id, new PaymentIntentGetOptions { Expand = ["latest_charge"] }, StripeApi.With(account), cancellationToken);
}
