namespace PaySg.Functions.Gateway.Stripe;

/// <summary>What we write on objects at Stripe: ids of ours, and nothing about the payer.</summary>
internal static class StripeMetadata
{
    private const string Owner = "owner";
    private const string Charge = "charge";
    private const string Attempt = "attempt";

    /// <summary>On a refund: its id here.</summary>
    public const string Refund = "refund_id";

    /// <summary>What stands on the objects of an attempt.</summary>
    public static Dictionary<string, string> Of(AttemptKey attempt) =>
        new(StringComparer.Ordinal) { [Owner] = attempt.OwnerId, [Charge] = attempt.ChargeId, [Attempt] = attempt.AttemptId };

    /// <summary>What stands on a refund.</summary>
    public static Dictionary<string, string> Of(GatewayRefund refund) => new(Of(refund.Charged.Key), StringComparer.Ordinal) { [Refund] = refund.Id };

    /// <summary>The attempt that an object is about; null: it is not one of ours.</summary>
    public static AttemptKey? Read(IReadOnlyDictionary<string, string>? metadata) => metadata is not null
        && metadata.TryGetValue(Owner, out var owner) && metadata.TryGetValue(Charge, out var charge) && metadata.TryGetValue(Attempt, out var attempt)
        ? new AttemptKey(owner, charge, attempt)
        : null;
}
