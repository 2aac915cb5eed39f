namespace PaySg.Functions.Payments.Refunds;

/// <summary>Names a refund.</summary>
internal sealed record RefundKey(string PaymentServiceId, string PaymentId, string RefundId);
