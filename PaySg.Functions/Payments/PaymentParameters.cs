using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments;

/// <summary>What a request to create a payment asks for, as its idempotency record compares repetitions.</summary>
internal static class PaymentParameters
{
    /// <summary>The parameters, whatever order the caller's objects had them in.</summary>
    public static RequestParameters Of(PaymentDetails details)
    {
        var metadata = details.Metadata.Aggregate(new RequestParameters(), (all, entry) => all.With(entry.Key, entry.Value));
        return new RequestParameters()
            .With("reference_id", details.ReferenceId)
            .With("payer_name", details.PayerName)
            .With("payer_address", details.PayerAddress)
            .With("payer_identifier", details.PayerIdentifier)
            .With("payer_email", details.PayerEmail)
            .With("description", details.Description)
            .With("amount_in_cents", details.AmountInCents)
            .With("due_date", details.DueDate)
            .With("return_url", details.ReturnUrl)
            .With("locale", details.Locale)
            .With("metadata", details.Metadata.Count > 0 ? metadata : null)
            .With("line_items", details.LineItems?.Select(static item => new RequestParameters()
                .With("description", item.Description)
                .With("amount_in_cents", item.AmountInCents)
                .With("quantity", item.Quantity)))
            .OnceWrittenAs(() => AsStored(details));
    }

    /// <summary>How payments were stored when fingerprints had no version. A test holds it as it was: records of that time are replayed.</summary>
    private static byte[] AsStored(PaymentDetails details) => JsonSerializer.SerializeToUtf8Bytes(
        details with { Metadata = [.. details.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)] },
        StoredPaymentJson.Compact.PaymentDetails);
}
