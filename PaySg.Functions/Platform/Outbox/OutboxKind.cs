namespace PaySg.Functions.Platform.Outbox;

/// <summary>What an outbox row asks for.</summary>
internal static class OutboxKind
{
    /// <summary>Fan an event out to the endpoints that subscribe to it.</summary>
    public const string Event = "event";

    /// <summary>Find out what became of a charge.</summary>
    public const string Charge = "charge";

    /// <summary>Follow a charge that the gateway decides later. The time of such a row is when that is due.</summary>
    public const string PendingCharge = "pending-charge";

    /// <summary>Find out what became of a refund.</summary>
    public const string Refund = "refund";

    /// <summary>Follow a refund that the gateway has taken and not decided. The time of such a row is when that is due.</summary>
    public const string PendingRefund = "pending-refund";

    /// <summary>Give back what was charged too late.</summary>
    public const string LateCharge = "late-charge";

    /// <summary>Find out what became of a charge on a payment link. Once the gateway has said that it decides later, the row's time is when it is asked again.</summary>
    public const string LinkCharge = "link-charge";

    /// <summary>Give back what was charged when a payment link had no use left.</summary>
    public const string LinkLateCharge = "link-late-charge";

    /// <summary>Act on a notice of Stripe's.</summary>
    public const string StripeNotice = "stripe-notice";

    /// <summary>Send a mail. Such a row is the mail's schedule as well: its time is when the next attempt is due.</summary>
    public const string Mail = "mail";

    /// <summary>Take a payer's data out of the copies of a payment that was redacted: events, deliveries, stored answers.</summary>
    public const string Redaction = "redaction";

    /// <summary>The same of an attempt on a payment link.</summary>
    public const string LinkRedaction = "link-redaction";

    /// <summary>Create the payments of a batch.</summary>
    public const string Batch = "batch";

    /// <summary>Have the links of a batch's payments mailed.</summary>
    public const string BatchMails = "batch-mails";

    /// <summary>In the webhooks table: end the deliveries of an endpoint that was deleted.</summary>
    public const string EndpointDeleted = "endpoint-deleted";

    /// <summary>In the webhooks table: tell of an endpoint that was disabled.</summary>
    public const string EndpointDisabled = "endpoint-disabled";

    /// <summary>In the webhooks table: walk over an endpoint's deliveries and send again what was not delivered.</summary>
    public const string Recovery = "recovery";
}
