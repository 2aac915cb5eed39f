namespace PaySg.Functions.Gateway;

/// <summary>
/// The money rail. Each call is made of stored data alone and carries an idempotency key, so that sending it again does nothing new: the attempt's id and the
/// refund's. A thrown exception means "not known": <see cref="GatewayBorder"/> makes an outcome of it, and it is found out later.
/// </summary>
internal interface IGateway
{
    /// <summary>Whether no money moves: then the sandbox routes exist.</summary>
    bool IsSandbox { get; }

    /// <summary>The methods that payers of payments may choose, in the order of the page.</summary>
    IReadOnlyList<OfferedMethod> Methods { get; }

    /// <summary>Whether it charges by the methods of payment links, in rupiah.</summary>
    bool TakesLinkMethods { get; }

    /// <summary>Takes the cards that payers type into pages of ours; null: the gateway has a page of its own for them.</summary>
    ICardTokens? Cards { get; }

    /// <summary>The account at the gateway that an owner's money goes to; null: the installation's own.</summary>
    Task<string?> AccountOfAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Charges the payer by this attempt, unless the charge is made or the attempt voided already; or says what the payer has to do first.</summary>
    Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, PaymentMethod method, CancellationToken cancellationToken);

    /// <summary>Withdraws an attempt. Where it was decided before, the answer is that decision; pending: it cannot be withdrawn.</summary>
    Task<ChargeOutcome> VoidAsync(GatewayAttempt attempt, CancellationToken cancellationToken);

    /// <summary>What became of an attempt.</summary>
    Task<ChargeOutcome> FindAsync(GatewayAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Gives money back that the attempt charged.</summary>
    Task<RefundOutcome> RefundAsync(GatewayRefund refund, CancellationToken cancellationToken);

    /// <summary>What became of a refund.</summary>
    Task<RefundOutcome> FindRefundAsync(GatewayRefund refund, CancellationToken cancellationToken);
}
