namespace PaySg.Functions.Gateway;

/// <summary>The charges of one kind of owner, for notices about them. Each kind that can be charged for registers one.</summary>
internal interface IChargeBook
{
    /// <summary>Whether charges of this owner stand in this book.</summary>
    bool IsOf(string ownerId);

    /// <summary>Where they stand, by the owner's partition: records of idempotency keys of calls about them go there.</summary>
    TableClient Table { get; }

    /// <summary>Reads an attempt.</summary>
    /// <exception cref="ApiException">404 where there is no such attempt.</exception>
    Task<IBookedAttempt> GetAsync(AttemptKey attempt);
}
