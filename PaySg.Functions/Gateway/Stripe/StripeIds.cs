namespace PaySg.Functions.Gateway.Stripe;

/// <summary>What an id of Stripe's says of its object.</summary>
internal static class StripeIds
{
    /// <summary>Whether it is the id of a checkout session; the other object that an attempt may stand in is a payment intent.</summary>
    public static bool IsSession(string id) => id.StartsWith("cs_", StringComparison.Ordinal);
}
