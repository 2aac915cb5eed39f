namespace PaySg.Functions.Gateway;

/// <summary>What holds for the idempotency keys of a gateway.</summary>
internal static class GatewayKeys
{
    /// <summary>
    /// How long after it was asked for first a call may be sent again with its key. Stripe may forget a key after 24 hours (API reference, "Idempotent
    /// requests"): what is sent later might be done a second time.
    /// </summary>
    public static readonly TimeSpan RepeatedFor = TimeSpan.FromHours(23);
}
