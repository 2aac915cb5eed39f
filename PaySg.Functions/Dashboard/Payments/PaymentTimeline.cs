using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Gateway;
using PaySg.Functions.Management.Redaction;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Reads all that happened to a payment, in two rounds. First its own row, its attempts, its mails and the webhook endpoints, in four requests at once. Then one for
/// each officer who did something and, for each moment at which the payment changed, one for its events and one for each endpoint's deliveries, all at once;
/// and one more where the payer's data was taken away.
/// </summary>
internal sealed class PaymentTimeline(PaySgTables tables, PaymentStore payments, MemberStore members, WebhookEndpointStore endpoints, PaymentDeliveries deliveries)
{
    /// <summary>How many attempts, and how many mails, are read at most: more than a payment has.</summary>
    private const int Most = 1000;

    /// <summary>The payment, and what happened to it, the oldest first.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async Task<(Payment Payment, IReadOnlyList<TimelineEntry> Entries)> ReadAsync(string paymentServiceId, string paymentId, CancellationToken cancellationToken)
    {
        var stored = payments.GetAsync(paymentServiceId, paymentId, cancellationToken);
        if (!PaymentId.IsValid(paymentId))
            await stored;

        var attempts = tables.Payments.FirstAsync(ChargeAttemptRows.RangeOf(paymentServiceId, paymentId), Most, cancellationToken);
        var mails = tables.Payments.FirstAsync(PaymentMailRows.RangeOf(paymentServiceId, paymentId), Most, cancellationToken);
        var endpointsRead = endpoints.ListAllAsync(paymentServiceId, cancellationToken);
        await Task.WhenAll(stored, attempts, mails, endpointsRead);
        var payment = (await stored).Payment;
        var sent = (await mails).Select(PaymentMailRows.Read).ToList();
        List<TimelineEntry> all = [.. TimelineEntries.Of(payment), .. (await attempts).Select(ChargeAttemptRows.Read).SelectMany(TimelineEntries.Of), .. sent.SelectMany(TimelineEntries.Of)];
        List<WebhookEndpoint> asked = [.. (await endpointsRead).Select(each => each.Endpoint)];
        var named = NameAsync(paymentServiceId, all, cancellationToken);
        var delivered = deliveries.ReadAsync(payment, sent, asked, cancellationToken);
        var redacted = RedactedAsync(payment, cancellationToken);
        await Task.WhenAll(named, delivered, redacted);
        return (payment, [.. (await named).Concat(await delivered).Concat(await redacted).OrderBy(entry => entry.At)]);
    }

    /// <summary>That no copy of a redacted payer's data is left.</summary>
    private async Task<IReadOnlyList<TimelineEntry>> RedactedAsync(Payment payment, CancellationToken cancellationToken) =>
        payment.RedactedAt is not null
        && await tables.Payments.FindAsync(payment.PaymentServiceId, RedactionRows.Key(payment.Id), cancellationToken) is { } row
        && RedactionRows.EndedAtOf(row) is { } ended
            ? [new TimelineEntry(ended, "The payer’s data is gone from events, webhooks and attempts, too")]
            : [];

    /// <summary>The entries with the addresses of members in the place of their ids.</summary>
    private async Task<IReadOnlyList<TimelineEntry>> NameAsync(string paymentServiceId, List<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        var names = await Task.WhenAll(entries.Select(entry => entry.By).OfType<string>().Distinct(StringComparer.Ordinal).Select(async id => (Id: id, Name: await NameOfAsync(paymentServiceId, id, cancellationToken))));
        var byId = names.ToDictionary(pair => pair.Id, pair => pair.Name, StringComparer.Ordinal);
        return [.. entries.Select(entry => entry.By is { } id ? entry with { By = byId[id] } : entry)];
    }

    private async Task<string> NameOfAsync(string paymentServiceId, string id, CancellationToken cancellationToken) =>
        id == ManagementGate.CallerId ? "the operator"
        : !MemberStore.IsId(id) ? $"the API ({id})"
        : await members.FindRowAsync(paymentServiceId, id, cancellationToken) is { } row ? MemberRows.Read(row).Email
        : $"somebody who is no member any more ({id})";
}
