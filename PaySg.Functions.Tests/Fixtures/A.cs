namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Where fixtures begin: <c>A.Payment().Of(1130)</c>.</summary>
public static class A
{
    /// <summary>A request to create a payment, valid as it is.</summary>
    public static PaymentRequest Payment() => new();

    /// <summary>A request to register a webhook endpoint for all events.</summary>
    public static WebhookEndpointRequest WebhookEndpoint(Uri url) => new(url);

    /// <summary>A payment link as it is stored.</summary>
    public static PaymentLinkFixture PaymentLink() => new();

    /// <summary>An attempt on a payment link as it is stored.</summary>
    public static LinkAttemptFixture LinkAttempt() => new();
}
