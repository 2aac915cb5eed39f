using PaySg.Functions.Payments;


namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Where fixtures begin: <c>A.Payment().Of(1130)</c>.</summary>
public static class A
{
    /// <summary>A request to create a payment, valid as it is.</summary>
    public static PaymentRequest Payment() => new();

    /// <summary>A request to register a webhook endpoint for all events.</summary>
    public static WebhookEndpointRequest WebhookEndpoint(Uri url) => new(url);

    /// <summary>A request to create a payment link, valid as it is, with a <c>reff_no</c> of its own.</summary>
    public static PaymentLinkRequest NewPaymentLink(string? reffNo = null) => PaymentLinkRequest.New(reffNo ?? PaymentLinkCalls.NewReffNo());

    /// <summary>The same by API v2.0.</summary>
    public static PaymentLinkRequest NewPaymentLinkV2(string? reffNo = null) => PaymentLinkRequest.NewV2(reffNo ?? PaymentLinkCalls.NewReffNo());

    /// <summary>The update of a payment link that Singapay's page prints.</summary>
    public static PaymentLinkRequest PaymentLinkUpdate() => PaymentLinkRequest.Update();

    /// <summary>A payment link as it is stored.</summary>
    public static PaymentLinkFixture PaymentLink() => new();

    /// <summary>An attempt on a payment link as it is stored.</summary>
    public static LinkAttemptFixture LinkAttempt() => new();

    /// <summary>What can be said of a payment, all of it but the locale.</summary>
    internal static PaymentDetails FullDetails { get; } = new()
    {
        ReferenceId = "INV-2026-0001",
        PayerName = "Tan \"Ah\" Kow <陳> 😀",
        PayerAddress = "1 Road & Lane",
        PayerIdentifier = "S1234567D",
        PayerEmail = "payer@example.com",
        Description = "Licence\nfee",
        AmountInCents = 1130,
        DueDate = "31-DEC-2026",
        ReturnUrl = "https://eservice.example.gov.sg/done?a=1&b=2",
        Metadata = [new("7", "seven"), new("case", "42")],
        LineItems = [new LineItem("Fee", 1000, 2), new LineItem("Tax", 130, null)],
    };
}
