namespace PaySg.Functions.Payments;

/// <summary>The URLs that a payment shows, built from <c>PaySg__PublicBaseUrl</c> and never from a request.</summary>
internal sealed class PaymentUrls(PaySgSettings settings)
{
    /// <summary>The payer's page.</summary>
    public string PageOf(string paymentId) => $"{settings.PublicBaseUrl}/payments/{paymentId}";

    /// <summary>The PNG image of a QR code that leads to the payer's page.</summary>
    public string QrCodeOf(string paymentId) => $"{settings.PublicBaseUrl}/v1/public/payments/{paymentId}-qr.png";
}
