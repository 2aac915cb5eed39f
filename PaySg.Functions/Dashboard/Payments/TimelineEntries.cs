using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Dashboard.Payments;

/// <summary>What a payment, an attempt and a mail tell of themselves, as entries of a timeline.</summary>
internal static class TimelineEntries
{
    public static IEnumerable<TimelineEntry> Of(Payment payment)
    {
        yield return new TimelineEntry(payment.CreatedAt, "Created") { By = payment.CreatorId };
        if (payment.SucceededAt is { } paid)
            yield return new TimelineEntry(paid, $"Paid: {Texts.English.Dollars(payment.Details.AmountInCents)}{MethodOf(payment.PaidMethod)}", payment.PaidByAttemptId);

        if (payment.CancelledAt is { } cancelled)
            yield return new TimelineEntry(cancelled, "Cancelled") { By = payment.CancelledBy };

        foreach (var entry in payment.Refunds.SelectMany(Of))
            yield return entry;

        foreach (var entry in (payment.Disputes ?? []).SelectMany(Of))
            yield return entry;

        if (payment.RedactedAt is { } redacted)
            yield return new TimelineEntry(redacted, "The payer’s data was taken away") { By = ManagementGate.CallerId };

        if (payment.PaidOutAt is { } paidOut)
            yield return new TimelineEntry(paidOut, "Paid out to the agency", payment.PayoutId);
    }

    public static IEnumerable<TimelineEntry> Of(ChargeAttempt attempt)
    {
        yield return new TimelineEntry(attempt.CreatedAt, $"The payer began to pay{MethodOf(attempt.Method)}", attempt.Id);
        TimelineEntry? then = attempt switch
        {
            { Status: ChargeAttemptStatus.Begun } => new TimelineEntry(attempt.UpdatedAt, "What became of the attempt is not known yet: it is looked up"),
            { Status: ChargeAttemptStatus.Pending } => new TimelineEntry(attempt.UpdatedAt, "The attempt is not decided yet"),
            { Status: ChargeAttemptStatus.Refunding } => new TimelineEntry(attempt.UpdatedAt, "The attempt was charged too late: the money goes back", attempt.Id),
            { Status: ChargeAttemptStatus.Failed, FailureReason: ChargeAttempt.RefundedLate } => new TimelineEntry(attempt.UpdatedAt, "What was charged too late has gone back", attempt.Id),
            { Status: ChargeAttemptStatus.Failed } => new TimelineEntry(attempt.UpdatedAt, "The attempt ended without payment", attempt.FailureReason),

            // The payment says that it is paid.
            _ => null,
        };
        if (then is not null)
            yield return then;
    }

    public static IEnumerable<TimelineEntry> Of(PaymentMail mail)
    {
        var what = mail.Kind switch
        {
            MailKind.Link => "email with the link",
            MailKind.Reminder => "email that reminds the payer",
            MailKind.Refund => "email with the credit note",
            _ => "email with the receipt",
        };
        yield return new TimelineEntry(mail.CreatedAt, mail.Kind == MailKind.Reminder ? $"An {what} is due, if nothing is paid before" : $"An {what} was asked for", mail.Id) { By = mail.AskedBy };
        var then = mail.State switch
        {
            MailState.Pending => mail.LastError is null ? null : $"The {what} could not be sent yet, and is tried again",
            MailState.Sent => $"The {what} was sent",
            MailState.Failed => $"The {what} could not be sent",
            _ => $"The {what} was not needed any more",
        };
        if (then is not null)
            yield return new TimelineEntry(mail.UpdatedAt, then, mail.State == MailState.Sent ? mail.Id : mail.LastError ?? mail.Id);
    }

    private static IEnumerable<TimelineEntry> Of(Refund refund)
    {
        var amount = Texts.English.Dollars(refund.AmountInCents);
        yield return new TimelineEntry(refund.CreatedAt, $"Refund of {amount} asked for", refund.Id) { By = refund.AskedBy };
        if (refund.SucceededAt is { } succeeded)
            yield return new TimelineEntry(succeeded, $"Refunded {amount}", refund.Id);

        if (refund.Status == RefundStatus.Failed)
            yield return new TimelineEntry(refund.UpdatedAt, refund.SucceededAt is null ? $"The refund of {amount} failed" : $"The refund of {amount} came back", refund.FailureReason ?? refund.Id);
    }

    private static IEnumerable<TimelineEntry> Of(ChargeDispute dispute)
    {
        yield return new TimelineEntry(dispute.OpenedAt, $"Disputed by the payer: {Texts.English.Dollars(dispute.AmountInCents)}", dispute.Reason);
        if (dispute.ClosedAt is { } closed)
            yield return new TimelineEntry(closed, dispute.Status == DisputeStatus.Lost ? "The dispute was lost" : "The dispute was won");
    }

    private static string MethodOf(string? method) => method switch
    {
        MethodKinds.Card => " by card",
        MethodKinds.PayNow => " by PayNow",
        _ => "",
    };
}
