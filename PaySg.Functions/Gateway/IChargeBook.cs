namespace PaySg.Functions.Gateway;

/// <summary>The charges of one kind of owner, for notices about them. Each kind that can be charged for registers one.</summary>
internal interface IChargeBook
{
    /// <summary>Whether charges of this owner stand in this book.</summary>
    bool IsOf(string ownerId);

    /// <summary>Where they stand, by the owner's partition: records of idempotency keys of calls about them go there.</summary>
    TableClient Table { get; }

    /// <summary>Writes what the gateway says of an attempt; an outcome that changes nothing writes nothing.</summary>
    /// <returns>What was paid for, as its API prints it, in its state then.</returns>
    /// <exception cref="ApiException">404 where there is no such attempt.</exception>
    Task<ReadOnlyMemory<byte>> WriteAsync(AttemptKey attempt, ChargeOutcome outcome);
}
