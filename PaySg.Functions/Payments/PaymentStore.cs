namespace PaySg.Functions.Payments;

/// <summary>Reads payments: always from storage, never from a cache.</summary>
internal sealed class PaymentStore(PaySgTables tables)
{
    /// <summary>The payment, by one point read.</summary>
    /// <exception cref="ApiException">404 where there is no such payment in this payment service.</exception>
    public async Task<StoredPayment> GetAsync(string paymentServiceId, string paymentId, CancellationToken cancellationToken)
    {
        if (!PaymentId.IsValid(paymentId))
            throw ApiErrors.PaymentNotFound();

        return await tables.Payments.FindDocumentAsync(
            paymentServiceId,
            PaymentRows.Key(paymentId),
            PaymentRows.Document,
            static (document, version) => new StoredPayment(PaymentRows.Read(document), version),
            cancellationToken) ?? throw ApiErrors.PaymentNotFound();
    }
}
