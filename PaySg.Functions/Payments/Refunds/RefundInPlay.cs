namespace PaySg.Functions.Payments.Refunds;

/// <summary>A refund with its payment as they were read or written together.</summary>
internal sealed record RefundInPlay(StoredPayment Stored, RefundRecord Record)
{
    public Payment Payment => Stored.Payment;

    public Refund Refund => Payment.Refunds.Single(refund => refund.Id == Record.RefundId);
}
