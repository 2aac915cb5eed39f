namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>What came of a payer's order.</summary>
internal abstract record LinkPayment
{
    private LinkPayment()
    {
    }

    /// <summary>It came to nothing, or it is not known yet what came of it.</summary>
    public sealed record Refused(LinkRefusal Why) : LinkPayment;

    /// <summary>An attempt was made, now or before.</summary>
    /// <param name="Answer">The answer to a caller of an API.</param>
    /// <param name="Attempt">The attempt; null where the answer is that of an earlier call with the same idempotency key.</param>
    public sealed record Made(ApiAnswer Answer, LinkAttempt? Attempt) : LinkPayment;
}
