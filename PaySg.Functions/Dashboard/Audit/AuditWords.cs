using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Dashboard.Settings;
using PaySg.Functions.Languages;

namespace PaySg.Functions.Dashboard.Audit;

/// <summary>Entries of the log, as officers read them.</summary>
internal static class AuditWords
{
    private const string CentsSuffix = "_in_cents";

    /// <summary>What was done.</summary>
    public static string Of(string action) => action switch
    {
        AuditAction.PaymentCreated => "Payment created",
        AuditAction.PaymentCancelled => "Payment cancelled",
        AuditAction.PaymentRefundAsked => "Refund asked for",
        AuditAction.PaymentLinkMailed => "Email with the link asked for",
        AuditAction.PaymentRedacted => "Payer’s data taken away",
        AuditAction.BatchUploaded => "File of payments sent",
        AuditAction.BatchConfirmed => "Payments of a file created",
        AuditAction.BatchDiscarded => "File of payments discarded",
        AuditAction.BatchLinksMailed => "Links of a file’s payments sent",
        AuditAction.PaymentServiceCreated => "Payment service created",
        AuditAction.PaymentServiceUpdated => "Settings changed",
        AuditAction.ApiKeyCreated => "API key issued",
        AuditAction.ApiKeyRevoked => "API key revoked",
        AuditAction.MemberInvited => "Member invited",
        AuditAction.MemberUpdated => "Permissions changed",
        AuditAction.MemberRemoved => "Member removed",
        AuditAction.WebhookEndpointCreated => "Webhook endpoint registered",
        AuditAction.WebhookEndpointUpdated => "Webhook endpoint changed",
        AuditAction.WebhookEndpointDeleted => "Webhook endpoint deleted",
        AuditAction.WebhookSecretRotated => "Webhook secret replaced",
        AuditAction.WebhookEndpointTested => "Webhook endpoint tested",
        AuditAction.RecoveryStarted => "Recovery of webhooks started",
        AuditAction.DeliveryResent => "Webhook sent again",
        AuditAction.AccountCreated => "Account created",
        AuditAction.AccountUpdated => "Account changed",
        AuditAction.CredentialCreated => "Credential issued",
        AuditAction.CredentialRevoked => "Credential revoked",
        AuditAction.PaymentLinkCreated => "Payment link created",
        AuditAction.PaymentLinkUpdated => "Payment link changed",
        AuditAction.HistoryRedacted => "Customer’s data taken away",
        _ => action,
    };

    /// <summary>Who did it.</summary>
    public static string Of(Actor by) => by.Address ?? (by.Kind == ActorKind.Management ? "the operator" : by.Id);

    /// <summary>What a field is called.</summary>
    public static string LabelOf(string field)
    {
        var label = TypedSettings.LabelOf(field);
        if (label != field)
            return label;

        var words = (IsMoney(field) ? field[..^CentsSuffix.Length] : field).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>What a field was or is: amounts in dollars.</summary>
    public static string ValueOf(string field, string value) =>
        IsMoney(field) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) ? Texts.English.Dollars(cents) : value;

    private static bool IsMoney(string field) => field.EndsWith(CentsSuffix, StringComparison.Ordinal);
}
