namespace PaySg.Functions.Payments.Refunds;

internal sealed record RefundKey(string PaymentServiceId, string PaymentId, string RefundId);
