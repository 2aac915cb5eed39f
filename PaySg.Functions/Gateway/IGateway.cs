namespace PaySg.Functions.Gateway;

/// <summary>
/// The money rail. Each call carries an idempotency key, so that sending it again does nothing new: begin has the charge's id,
/// confirm and void have the attempt's,
/// refund the refund's. A thrown exception means "not known": <see cref="GatewayBorder"/> makes an outcome of it, and it is found out later.
/// </summary>
internal interface IGateway
{
    /// <summary>Whether no money moves and <see cref="Sandbox.SandboxMethods"/> are the methods: then the sandbox routes exist.</summary>
    bool IsSandbox { get; }

    /// <summary>Opens a charge. It can succeed only once, whichever of its attempts does it.</summary>
    Task BeginAsync(Charge charge, CancellationToken cancellationToken);

    /// <summary>Charges the payer by this attempt, unless the charge is made or the attempt voided already.</summary>
    Task<ChargeOutcome> ConfirmAsync(AttemptKey attempt, PaymentMethod method, CancellationToken cancellationToken);

    /// <summary>Withdraws an attempt. Where it was decided before, the answer is that decision; pending: it cannot be withdrawn.</summary>
    Task<ChargeOutcome> VoidAsync(AttemptKey attempt, CancellationToken cancellationToken);

    /// <summary>What became of an attempt.</summary>
    Task<ChargeOutcome> FindAsync(AttemptKey attempt, CancellationToken cancellationToken);

    /// <summary>Gives money back that the attempt charged. The key is the refund's id: sent again, it answers the same.</summary>
    Task<RefundOutcome> RefundAsync(AttemptKey attempt, string refundId, Money amount, CancellationToken cancellationToken);
}
