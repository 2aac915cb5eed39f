using PaySg.Functions.Payments;

namespace PaySg.Functions.Pages.Payments;

/// <summary>
/// The addresses of a payment's page. Between the steps everything stands in the address, and an address says what was last done and not what is
/// true: the payment says that.
/// </summary>
internal static class PaymentPagePath
{
    public const string Method = "method";
    public const string Details = "details";
    public const string Waiting = PaymentUrls.Waiting;

    /// <summary>The payer goes on to the page of the gateway.</summary>
    public const string Onward = "onward";

    /// <summary>The payer came back from the page of the gateway without paying.</summary>
    public const string Back = PaymentUrls.Back;

    /// <summary>The picture of the QR code that the payer is to scan.</summary>
    public const string Qr = "qr";
    public const string Failed = "failed";
    public const string Done = "done";

    /// <summary>The payment's page, from the root of the site.</summary>
    public static string Of(string root, string paymentId) => $"{root}/payments/{paymentId}";

    /// <summary>The query of a step.</summary>
    public static string Step(string step) => PaymentUrls.Step(step);

    /// <summary>The query of the step at which a method asks for details.</summary>
    public static string DetailsOf(PayerMethod method) => $"?step={Details}&method={method.Kind}";
}
