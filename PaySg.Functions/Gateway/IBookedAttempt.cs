namespace PaySg.Functions.Gateway;

/// <summary>An attempt as it was read from a book.</summary>
internal interface IBookedAttempt
{
    /// <summary>What the gateway is told of it.</summary>
    GatewayAttempt AtGateway { get; }

    /// <summary>Writes what the gateway says of it; an outcome that changes nothing writes nothing.</summary>
    /// <returns>What was paid for, as its API prints it, in its state then.</returns>
    Task<ReadOnlyMemory<byte>> WriteAsync(ChargeOutcome outcome);
}
