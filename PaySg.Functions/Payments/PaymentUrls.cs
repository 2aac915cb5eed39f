using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments;

/// <summary>The URLs that a payment shows, built from <c>PaySg__PublicBaseUrl</c> and never from a request.</summary>
internal sealed class PaymentUrls(PaySgSettings settings) : IPayerPage
{
    /// <summary>The query of the payer's page of a payment that is being decided.</summary>
    public const string Waiting = "?step=waiting";

    /// <summary>The query of the payer's page after the gateway's own was left.</summary>
    public const string Back = "?step=back";

    /// <summary>The payer's page.</summary>
    public string PageOf(string paymentId) => $"{settings.PublicBaseUrl}/payments/{paymentId}";

    /// <summary>The PNG image of a QR code that leads to the payer's page.</summary>
    public string QrCodeOf(string paymentId) => $"{settings.PublicBaseUrl}/v1/public/payments/{paymentId}-qr.png";

    public string AfterPaying(string chargeId) => PageOf(chargeId) + Waiting;

    public string AfterLeaving(string chargeId) => PageOf(chargeId) + Back;
}
