namespace PaySg.Functions.Access;

/// <summary>A payment service as it was read.</summary>
/// <param name="Service">The payment service.</param>
/// <param name="Version">The version of its row: another one says that somebody has changed it since.</param>
internal sealed record StoredPaymentService(PaymentService Service, string Version);
