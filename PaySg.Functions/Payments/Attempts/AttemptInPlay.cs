using Azure;
using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>An attempt and its payment as they were read or written together, with the versions that a change must name.</summary>
internal sealed record AttemptInPlay(StoredPayment Stored, ChargeAttempt Attempt, ETag AttemptVersion)
{
    /// <summary>Whether the write that made it so has ended the doubt, and with it decided the answer to who asked for the attempt.</summary>
    public bool EndsDoubt { get; init; }

    public Payment Payment => Stored.Payment;

    public AttemptKey Key => Payment.AttemptKey(Attempt.Id);

    /// <summary>What the gateway is told of it.</summary>
    public GatewayAttempt AtGateway => Payment.AtGateway(Attempt.Id, Attempt.Method, Attempt.Handle);
}
