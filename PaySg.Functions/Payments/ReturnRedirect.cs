namespace PaySg.Functions.Payments;

/// <summary>Where the payer's browser goes after a successful payment.</summary>
internal static class ReturnRedirect
{
    /// <summary>
    /// The payment's <c>return_url</c> with <c>paysg_payment_id</c> and <c>paysg_payment_service_id</c> added to its query; what the
    /// query held is kept, and so is the fragment. Null where the payment has none.
    /// </summary>
    public static string? TargetFor(Payment payment)
    {
        if (payment.Details.ReturnUrl is not { } url)
            return null;

        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : url[hash..];
        var address = hash < 0 ? url : url[..hash];
        var separator = !address.Contains('?', StringComparison.Ordinal) ? "?" : address[^1] is '?' or '&' ? "" : "&";
        return $"{address}{separator}paysg_payment_id={Uri.EscapeDataString(payment.Id)}&paysg_payment_service_id={Uri.EscapeDataString(payment.PaymentServiceId)}{fragment}";
    }
}
