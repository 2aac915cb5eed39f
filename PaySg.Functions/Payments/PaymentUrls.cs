using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments;

/// <summary>The URLs that a payment shows, built from <c>PaySg__PublicBaseUrl</c> and never from a request.</summary>
internal sealed class PaymentUrls(PaySgSettings settings) : IPayerPage
{
    /// <summary>The step of the payer's page at which the payment is being decided.</summary>
    public const string Waiting = "waiting";

    /// <summary>The step of the payer's page after that of the gateway was left without paying.</summary>
    public const string Back = "back";

    private const string Pages = "/payments/";

    /// <summary>The query of a step.</summary>
    public static string Step(string step) => $"?step={step}";

    /// <summary>The payer's page.</summary>
    public string PageOf(string paymentId) => settings.PublicBaseUrl + Pages + paymentId;

    /// <summary>Writes the payer's page, and the PNG image of a QR code that leads to it, as properties of the payment, and makes no texts of them.</summary>
    public void Write(Utf8JsonWriter json, string paymentId)
    {
        Write(json, "payment_url"u8, Pages, paymentId, "");
        Write(json, "payment_qr_code_url"u8, "/v1/public/payments/", paymentId, "-qr.png");
    }

    private void Write(Utf8JsonWriter json, ReadOnlySpan<byte> property, string path, string paymentId, string ending)
    {
        json.WritePropertyName(property);
        json.WriteStringValueSegment(settings.PublicBaseUrl, isFinalSegment: false);
        json.WriteStringValueSegment(path, isFinalSegment: false);
        json.WriteStringValueSegment(paymentId, isFinalSegment: false);
        json.WriteStringValueSegment(ending, isFinalSegment: true);
    }

    /// <summary>The whole address of a logo, for mails.</summary>
    /// <param name="path">See <see cref="Access.Logo.PathFor"/>.</param>
    public string LogoOf(string path) => $"{settings.PublicBaseUrl}/{path}";

    public string AfterPaying(string chargeId) => PageOf(chargeId) + Step(Waiting);

    public string AfterLeaving(string chargeId) => PageOf(chargeId) + Step(Back);
}
