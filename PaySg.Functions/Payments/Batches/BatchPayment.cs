namespace PaySg.Functions.Payments.Batches;

/// <summary>A payment that a line of a batch has become.</summary>
/// <param name="Line">Where the line begins in the file.</param>
/// <param name="PaymentId">The payment.</param>
internal sealed record BatchPayment(int Line, string PaymentId);
