using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>A refund with its payment as they were read or written together.</summary>
internal sealed record RefundInPlay(StoredPayment Stored, RefundRecord Record)
{
    public Payment Payment => Stored.Payment;

    public Refund Refund => Payment.Refunds.Single(refund => refund.Id == Record.RefundId);

    public RefundKey Key => new(Payment.PaymentServiceId, Payment.Id, Record.RefundId);

    /// <summary>What the gateway is told of it.</summary>
    public GatewayRefund AtGateway => new(
        Payment.AtGateway(Payment.PaidByAttemptId!, Payment.PaidMethod ?? "", Payment.PaidHandle),
        Refund.Id,
        Money.OfCents(Refund.AmountInCents),
        Refund.CreatedAt,
        Refund.Reference);
}
