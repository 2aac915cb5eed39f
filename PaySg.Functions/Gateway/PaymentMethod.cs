namespace PaySg.Functions.Gateway;

/// <summary>How a payer wants to pay.</summary>
/// <param name="Kind">The kind of method, such as <c>simulated</c>; stored with the attempt.</param>
/// <param name="Token">What the gateway needs to charge it; neither stored nor logged.</param>
public sealed record PaymentMethod(string Kind, string Token)
{
    /// <summary>The kind only: a token never prints itself.</summary>
    public override string ToString() => Kind;
}
