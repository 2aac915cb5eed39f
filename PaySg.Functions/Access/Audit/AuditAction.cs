namespace PaySg.Functions.Access.Audit;

/// <summary>What somebody has done, as the audit log names it.</summary>
internal static class AuditAction
{
    public const string PaymentCreated = "payment.created";
    public const string PaymentCancelled = "payment.cancelled";
    public const string PaymentRefundAsked = "payment.refund_asked";
    public const string PaymentLinkMailed = "payment.link_mailed";
    public const string PaymentRedacted = "payment.redacted";
    public const string BatchUploaded = "batch.uploaded";
    public const string BatchConfirmed = "batch.confirmed";
    public const string BatchDiscarded = "batch.discarded";
    public const string BatchLinksMailed = "batch.links_mailed";
    public const string PaymentServiceCreated = "payment_service.created";
    public const string PaymentServiceUpdated = "payment_service.updated";
    public const string ApiKeyCreated = "api_key.created";
    public const string ApiKeyRevoked = "api_key.revoked";
    public const string MemberInvited = "member.invited";
    public const string MemberUpdated = "member.updated";
    public const string MemberRemoved = "member.removed";
    public const string AccountCreated = "account.created";
    public const string AccountUpdated = "account.updated";
    public const string CredentialCreated = "credential.created";
    public const string CredentialRevoked = "credential.revoked";
    public const string HistoryRedacted = "history.redacted";
    public const string PaymentLinkCreated = "payment_link.created";
    public const string PaymentLinkUpdated = "payment_link.updated";
    public const string WebhookEndpointCreated = "webhook_endpoint.created";
    public const string WebhookEndpointUpdated = "webhook_endpoint.updated";
    public const string WebhookEndpointDeleted = "webhook_endpoint.deleted";
    public const string WebhookSecretRotated = "webhook_endpoint.secret_rotated";
    public const string WebhookEndpointTested = "webhook_endpoint.tested";
    public const string RecoveryStarted = "recovery.started";
    public const string DeliveryResent = "delivery.resent";
}
