
namespace PaySg.Functions.Payments.Refunds;

/// <summary>A refund with its payment as they were read or written together.</summary>
public sealed record RefundInPlay(StoredPayment Stored, RefundRecord Record)
{
    /// <summary>The payment.</summary>
    public Payment Payment => Stored.Payment;

    /// <summary>The refund.</summary>
    public Refund Refund => Payment.Refunds.Single(refund => refund.Id == Record.RefundId);
}
