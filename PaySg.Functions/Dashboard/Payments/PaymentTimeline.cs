using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>
/// Reads all that happened to a payment, in two rounds. First its own row, its attempts, its mails and the webhook endpoints, in four requests at once. Then one for
/// each officer who did something and, for each moment at which the payment changed, one for its events and one for each endpoint's deliveries, all at once.
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
        List<TimelineEntry> all = [.. Of(payment), .. (await attempts).Select(ChargeAttemptRows.Read).SelectMany(Of), .. sent.SelectMany(Of)];
        List<WebhookEndpoint> asked = [.. (await endpointsRead).Select(each => each.Endpoint)];
        var named = NameAsync(paymentServiceId, all, cancellationToken);
        var delivered = deliveries.ReadAsync(payment, sent, asked, cancellationToken);
        await Task.WhenAll(named, delivered);
        return (payment, [.. (await named).Concat(await delivered).OrderBy(entry => entry.At)]);
    }

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

    private static IEnumerable<TimelineEntry> Of(Payment payment)
    {
        yield return new TimelineEntry(payment.CreatedAt, "Created") { By = payment.CreatorId };
        if (payment.SucceededAt is { } paid)
            yield return new TimelineEntry(paid, $"Paid: {Texts.English.Dollars(payment.Details.AmountInCents)}{MethodOf(payment.PaidMethod)}", payment.PaidByAttemptId);

        if (payment.CancelledAt is { } cancelled)
            yield return new TimelineEntry(cancelled, "Cancelled") { By = payment.CancelledBy };

        foreach (var entry in payment.Refunds.SelectMany(Of))
            yield return entry;

        foreach (var dispute in payment.Disputes ?? [])
        {
            yield return new TimelineEntry(dispute.OpenedAt, $"Disputed by the payer: {Texts.English.Dollars(dispute.AmountInCents)}", dispute.Reason);
            if (dispute.ClosedAt is { } closed)
                yield return new TimelineEntry(closed, dispute.Status == DisputeStatus.Lost ? "The dispute was lost" : "The dispute was won");
        }

        if (payment.RedactedAt is { } redacted)
            yield return new TimelineEntry(redacted, "The payer’s data was taken away") { By = ManagementGate.CallerId };

        if (payment.PaidOutAt is { } paidOut)
            yield return new TimelineEntry(paidOut, "Paid out to the agency", payment.PayoutId);
    }

    private static IEnumerable<TimelineEntry> Of(Refund refund)
    {
        var amount = Texts.English.Dollars(refund.AmountInCents);
        yield return new TimelineEntry(refund.CreatedAt, $"Refund of {amount} asked for", refund.Id) { By = refund.AskedBy };
        if (refund.Status != RefundStatus.Pending)
            yield return new TimelineEntry(refund.UpdatedAt, refund.Status == RefundStatus.Succeeded ? $"Refunded {amount}" : $"The refund of {amount} failed", refund.FailureReason ?? refund.Id);
    }

    private static IEnumerable<TimelineEntry> Of(ChargeAttempt attempt)
    {
        yield return new TimelineEntry(attempt.CreatedAt, $"The payer began to pay{MethodOf(attempt.Method)}", attempt.Id);
        if (attempt.Status == ChargeAttemptStatus.Failed)
            yield return new TimelineEntry(attempt.UpdatedAt, "The attempt ended without payment", attempt.FailureReason);
    }

    private static IEnumerable<TimelineEntry> Of(PaymentMail mail)
    {
        var what = mail.Kind switch
        {
            MailKind.Link => "email with the link",
            MailKind.Reminder => "email that reminds the payer",
            MailKind.Refund => "email with the credit note",
            _ => "email with the receipt",
        };
        yield return new TimelineEntry(mail.CreatedAt, mail.Kind == MailKind.Reminder ? $"An {what} is due, if nothing is paid before" : $"An {what} was asked for", mail.Id) { By = mail.AskedBy };
        if (mail.State != MailState.Pending)
        {
            yield return new TimelineEntry(mail.UpdatedAt, mail.State switch
            {
                MailState.Sent => $"The {what} was sent",
                MailState.Failed => $"The {what} could not be sent",
                _ => $"The {what} was not needed any more",
            }, mail.LastError ?? mail.Id);
        }
    }

    private static string MethodOf(string? method) => method switch
    {
        MethodKinds.Card => " by card",
        MethodKinds.PayNow => " by PayNow",
        _ => "",
    };
}
