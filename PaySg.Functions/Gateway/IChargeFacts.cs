namespace PaySg.Functions.Gateway;

/// <summary>Takes what a gateway tells of what it has charged: refunds that are decided, disputes, payouts. Telling it twice does nothing new.</summary>
internal interface IChargeFacts
{
    /// <summary>A refund of an attempt may be decided.</summary>
    /// <param name="account">Whose notice it is at the gateway; null: the installation's own.</param>
    /// <param name="refundId">Its id here.</param>
    /// <param name="told">What the gateway says of the refund that is written here. What it throws goes to the caller, and nothing is written.</param>
    Task TakeRefundAsync(AttemptKey attempt, string? account, string refundId, Func<GatewayRefund, RefundOutcome> told);

    /// <summary>The payer, or their bank, disputes what an attempt charged, or that is decided.</summary>
    Task WriteDisputeAsync(AttemptKey attempt, string? account, ChargeDispute dispute);

    /// <summary>What an attempt charged was paid out, or did not arrive.</summary>
    Task WritePayoutAsync(AttemptKey attempt, string? account, ChargePayout payout);
}
