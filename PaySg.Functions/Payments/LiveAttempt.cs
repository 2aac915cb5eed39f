using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments;

/// <summary>The attempt that may still charge the payer. It stands in the payment itself, so that the payer's page needs no second read.</summary>
/// <param name="Id">Such as <c>att_…</c>.</param>
/// <param name="Method">The kind of method that the payer chose.</param>
/// <param name="IsPending">Whether the gateway has taken it and decides later; false: the gateway's answer is not known yet.</param>
internal sealed record LiveAttempt(string Id, string Method, bool IsPending)
{
    /// <summary>How the gateway finds it; null: by nothing but its id.</summary>
    public GatewayHandle? Handle { get; init; }

    /// <summary>What the payer has to do; null: nothing that we can show.</summary>
    public NextStep? NextStep { get; init; }
}
