using PaySg.Functions.Access;
using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// Charges by Stripe. Cards are entered on Stripe's own Checkout page, so no card number reaches us; PayNow is a payment intent whose QR code we draw. Each
/// attempt is an object of its own, because cancelling one is final: a session (<c>cs_…</c>) that becomes an intent when it is paid, or an intent (<c>pi_…</c>).
/// </summary>
/// <remarks>
/// Stripe compares a repeated call by key, endpoint and parameters, so keys begin with the verb and parameters come from stored data alone. It may forget
/// keys after 24 hours, and answers a stored 500 until then (API reference, "Idempotent requests"): nothing is sent again after <see cref="GatewayKeys.RepeatedFor"/>.
/// </remarks>
internal sealed class StripeGateway(
    StripeApi api, StripeCharges charges, PaymentServiceStore services, IPayerPage page, TimeProvider clock, ILogger<StripeGateway> log) : IGateway
{
    /// <summary>What Stripe charges at least, in cents: 50 (docs, "Minimum and maximum charge amounts").</summary>
    public const long LeastInCents = 50;

    /// <summary>What PayNow takes at most, in cents: S$200,000 (docs, "PayNow payments"). Cards take more, and no payment is larger.</summary>
    public const long MostInCents = 20_000_000;

    /// <summary>How long a payer has on the page for cards. Stripe allows 30 minutes to 24 hours from when the session is made, and it may be made some minutes late.</summary>
    private static readonly TimeSpan Lifetime = PendingSchedule.WithdrawnAfter;

    private static readonly RefundOutcome NotChargedHere = RefundOutcome.Refused("not_charged_by_stripe");
    private readonly StripeOutcomes outcomes = charges.Outcomes;
    private readonly SessionService sessions = new(api.Client);
    private readonly PaymentIntentService intents = new(api.Client);
    private readonly RefundService refunds = new(api.Client);

    public bool IsSandbox => false;

    public bool TakesLinkMethods => false;

    public ICardTokens? Cards => null;

    public IReadOnlyList<OfferedMethod> Methods { get; } =
    [
        new(MethodKinds.Card, LeastInCents: LeastInCents, MostInCents: MostInCents),
        new(MethodKinds.PayNow, LeastInCents: LeastInCents, MostInCents: MostInCents),
    ];

    public async Task<string?> AccountOfAsync(string ownerId, CancellationToken cancellationToken) =>
        (await services.FindRememberedAsync(ownerId, cancellationToken))?.StripeAccountId;

    public Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method, CancellationToken cancellationToken) =>
        CheckedAsync(() => BeginAsync(attempt, cancellationToken));

    public Task<ChargeOutcome> FindAsync(GatewayAttempt attempt, CancellationToken cancellationToken) => CheckedAsync(() => attempt.Handle?.Reference switch
    {
        { } reference => charges.FindAsync(reference, attempt, cancellationToken),

        // Nobody has seen its object. While there is time it is begun again, which finds the object or makes it; then the payer can go on.
        null when clock.GetUtcNow() - attempt.BegunAt < LookUpCharge.UnknownFor => BeginAsync(attempt, cancellationToken),
        null => Task.FromResult(new ChargeOutcome(ChargeState.Unknown)),
    });

    public Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt, CancellationToken cancellationToken) => CheckedAsync(() => attempt.Handle?.Reference is { } reference
        ? EndAsync(reference, attempt, cancellationToken)
        : VoidUnseenAsync(attempt, cancellationToken));

    public async Task<RefundOutcome> RefundAsync(GatewayRefund refund, CancellationToken cancellationToken)
    {
        if (!IsChargedHere(refund))
            return NotChargedHere;

        var options = new RefundCreateOptions
        {
            PaymentIntent = await IntentOfAsync(refund.Charged, cancellationToken),
            Amount = refund.Amount.Amount,
            Metadata = StripeMetadata.Of(refund),
        };
        try
        {
            return await CheckedAsync(async () => StripeOutcomes.Of(
                await refunds.CreateAsync(options, StripeApi.With(refund.Charged.Handle?.Account, $"refund:{refund.Id}"), cancellationToken), refund));
        }
        catch (StripeException fault) when (StripeOutcomes.RefundRefusedBy(fault) is { } refused)
        {
            return refused;
        }
    }

    public Task<RefundOutcome> FindRefundAsync(GatewayRefund refund, CancellationToken cancellationToken) => CheckedAsync(async () =>
    {
        if (!IsChargedHere(refund))
            return NotChargedHere;

        var account = StripeApi.With(refund.Charged.Handle?.Account);
        if (refund.Reference is { } reference)
            return StripeOutcomes.Of(await refunds.GetAsync(reference, options: null, account, cancellationToken), refund);

        // What the list does not hold was never made: unlike Stripe's search, it is never behind.
        var options = new RefundListOptions { PaymentIntent = await IntentOfAsync(refund.Charged, cancellationToken), Limit = 100 };
        await foreach (var found in refunds.ListAutoPagingAsync(options, account, cancellationToken))
        {
            if (found.Metadata?.GetValueOrDefault(StripeMetadata.Refund) == refund.Id)
                return StripeOutcomes.Of(found, refund);
        }

        return RefundOutcome.Unknown;
    });

    /// <summary>Makes the object of the attempt; sent again, it finds it as it was at first.</summary>
    private async Task<ChargeOutcome> BeginAsync(GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        var with = StripeApi.With(attempt.Handle?.Account, $"begin:{attempt.Key.AttemptId}");
        try
        {
            return attempt.Method == MethodKinds.Card
                ? outcomes.Of(await sessions.CreateAsync(SessionOf(attempt), with, cancellationToken), attempt)
                : outcomes.Of(await intents.CreateAsync(IntentOf(attempt), with, cancellationToken), attempt);
        }
        catch (StripeException fault) when (StripeOutcomes.ChargeRefusedBy(fault) is { } refused)
        {
            return refused;
        }
    }

    /// <summary>Withdraws an attempt whose object nobody has seen: no payer can pay it, and none will see it once the attempt has ended here.</summary>
    private async Task<ChargeOutcome> VoidUnseenAsync(GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        var age = clock.GetUtcNow() - attempt.BegunAt;
        try
        {
            if (age < GatewayKeys.RepeatedFor && await BeginAsync(attempt, cancellationToken) is { Reference: { } reference })
                return await EndAsync(reference, attempt, cancellationToken);
        }
        catch (Exception fault) when (age >= LookUpCharge.UnknownFor && fault is not StripeMismatchException)
        {
            Log.StripeObjectLeft(log, attempt.Key.AttemptId, fault);
        }

        return new ChargeOutcome(ChargeState.Voided);
    }

    private async Task<ChargeOutcome> EndAsync(string reference, GatewayAttempt attempt, CancellationToken cancellationToken)
    {
        // Its key may be forgotten by then, so it is not sent blindly: only what Stripe itself says is still open is ended.
        if (clock.GetUtcNow() - attempt.BegunAt >= GatewayKeys.RepeatedFor
            && await charges.FindAsync(reference, attempt, cancellationToken) is { State: not (ChargeState.Pending or ChargeState.Unknown or ChargeState.Declined) } ended)
        {
            return ended;
        }

        var with = StripeApi.With(attempt.Handle?.Account, VoidKeyOf(attempt));
        try
        {
            return StripeIds.IsSession(reference)
                ? outcomes.Of(await sessions.ExpireAsync(reference, new SessionExpireOptions { Expand = ["payment_intent"] }, with, cancellationToken), attempt)
                : outcomes.Of(await intents.CancelAsync(reference, options: null, with, cancellationToken), attempt);
        }
        catch (StripeException fault) when (StripeOutcomes.IsOfState(fault))
        {
            return await charges.FindAsync(reference, attempt, cancellationToken);
        }
    }

    /// <summary>Ending twice is harmless, and a stored 500 must not be the answer for a day: so the key is another each hour.</summary>
    private string VoidKeyOf(GatewayAttempt attempt)
    {
        var hours = (int)(clock.GetUtcNow() - attempt.BegunAt).TotalHours;
        return hours < 1 ? $"void:{attempt.Key.AttemptId}" : string.Create(CultureInfo.InvariantCulture, $"void:{attempt.Key.AttemptId}:{hours}");
    }

    /// <summary>Whether Stripe has charged it. What the sandbox charged before Stripe was set up, on the same tables, has no object here.</summary>
    private static bool IsChargedHere(GatewayRefund refund) => refund.Charged.Handle?.Reference is not null;

    /// <summary>The payment intent that was charged.</summary>
    private async Task<string> IntentOfAsync(GatewayAttempt charged, CancellationToken cancellationToken)
    {
        var reference = charged.Handle!.Reference!;
        if (!StripeIds.IsSession(reference))
            return reference;

        var session = await sessions.GetAsync(reference, options: null, StripeApi.With(charged.Handle.Account), cancellationToken);
        return session.PaymentIntentId ?? throw new InvalidDataException($"The session {reference} has no payment intent.");
    }

    private SessionCreateOptions SessionOf(GatewayAttempt attempt) => new()
    {
        Mode = "payment",
        AllowedPaymentMethodTypes = ["card"],
        ClientReferenceId = attempt.Key.AttemptId,
        ExpiresAt = (attempt.BegunAt + Lifetime).UtcDateTime,
        SuccessUrl = page.AfterPaying(attempt.Key.ChargeId),
        CancelUrl = page.AfterLeaving(attempt.Key.ChargeId),
        Metadata = StripeMetadata.Of(attempt.Key),
        PaymentIntentData = new SessionPaymentIntentDataOptions { Metadata = StripeMetadata.Of(attempt.Key) },
        LineItems =
        [
            new SessionLineItemOptions
            {
                Quantity = 1,
                PriceData = new SessionLineItemPriceDataOptions
                {
                    Currency = "sgd",
                    UnitAmount = attempt.Amount.Amount,
                    ProductData = new SessionLineItemPriceDataProductDataOptions { Name = $"Payment {attempt.Key.ChargeId}" },
                },
            },
        ],
    };

    private static PaymentIntentCreateOptions IntentOf(GatewayAttempt attempt) => new()
    {
        Amount = attempt.Amount.Amount,
        Currency = "sgd",
        AllowedPaymentMethodTypes = ["paynow"],
        PaymentMethodData = new PaymentIntentPaymentMethodDataOptions { Type = "paynow" },
        Confirm = true,
        Metadata = StripeMetadata.Of(attempt.Key),
    };

    private async Task<T> CheckedAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StripeMismatchException fault)
        {
            Log.StripeMismatch(log, fault.ObjectId, fault.Difference);
            throw;
        }
    }
}
