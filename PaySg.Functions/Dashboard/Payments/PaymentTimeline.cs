using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>Reads all that happened to a payment: its own row, its attempts and its mails, in three requests at once; and one for each officer who did something.</summary>
internal sealed class PaymentTimeline(PaySgTables tables, PaymentStore payments, MemberStore members)
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
        await Task.WhenAll(stored, attempts, mails);
        var payment = (await stored).Payment;
        IEnumerable<TimelineEntry> all =
        [
            .. Of(payment),
            .. (await attempts).Select(ChargeAttemptRows.Read).SelectMany(Of),
            .. (await mails).Select(PaymentMailRows.Read).SelectMany(Of),
        ];
        return (payment, await NameAsync(paymentServiceId, [.. all.OrderBy(entry => entry.At)], cancellationToken));
    }

    /// <summary>The entries with the addresses of members in the place of their ids.</summary>
    private async Task<IReadOnlyList<TimelineEntry>> NameAsync(string paymentServiceId, List<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in entries.Select(entry => entry.By).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            names[id] = id == ManagementGate.CallerId ? "the operator"
                : !MemberStore.IsId(id) ? $"the API ({id})"
                : await members.FindRowAsync(paymentServiceId, id, cancellationToken) is { } row ? MemberRows.Read(row).Email
                : $"somebody who is no member any more ({id})";
        }

        return [.. entries.Select(entry => entry.By is { } id ? entry with { By = names[id] } : entry)];
    }

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
