namespace PaySg.Functions.Events;

internal static class EventTypes
{
    /// <summary>A payment was created.</summary>
    public const string PaymentCreated = "payment.created";

    /// <summary>The payer has paid.</summary>
    public const string PaymentSucceeded = "payment.succeeded";

    /// <summary>The agency has withdrawn a payment.</summary>
    public const string PaymentCancelled = "payment.cancelled";

    /// <summary>Money went back to the payer, all of it or a part.</summary>
    public const string PaymentRefunded = "payment.refunded";

    /// <summary>The gateway refused a refund permanently.</summary>
    public const string PaymentRefundFailed = "payment.refund_failed";

    /// <summary>The payer, or their bank, disputes what was paid.</summary>
    public const string PaymentDisputeOpened = "payment.dispute_opened";

    /// <summary>A dispute was decided.</summary>
    public const string PaymentDisputeClosed = "payment.dispute_closed";

    /// <summary>A mail with the payment's link was handed over.</summary>
    public const string PaymentEmailSent = "payment.email_sent";

    /// <summary>The owner tests an endpoint: for that endpoint alone, whatever it subscribes to.</summary>
    public const string WebhookTest = "webhook.test";

    /// <summary>An endpoint of the owner was disabled because it failed: for the owner's other endpoints.</summary>
    public const string WebhookEndpointDisabled = "webhook_endpoint.disabled";

    /// <summary>A payer has paid on a payment link: Singapay's name for it. Only accounts have such events, so nobody subscribes to it by name.</summary>
    public const string PaymentLinkTransaction = "payment-link-transaction";

    /// <summary>Subscribes to every type, those to come too.</summary>
    public const string All = "*";

    /// <summary>What an endpoint may subscribe to.</summary>
    public static readonly IReadOnlyList<string> Subscribable =
    [
        PaymentCreated,
        PaymentSucceeded,
        PaymentCancelled,
        PaymentRefunded,
        PaymentRefundFailed,
        PaymentDisputeOpened,
        PaymentDisputeClosed,
        PaymentEmailSent,
        WebhookTest,
        WebhookEndpointDisabled,
    ];
}
