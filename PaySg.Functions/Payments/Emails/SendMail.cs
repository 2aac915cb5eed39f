using Azure;
using PaySg.Functions.Access;
using PaySg.Functions.Events;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>
/// Makes one attempt to send one mail and writes down what came of it: reads, the relay, a transaction. Whatever the relay does is an
/// outcome, never an exception. A process that dies between relay and transaction sends the mail again, under the same message id.
/// </summary>
internal sealed class SendMail(
    PaySgTables tables,
    PaymentServiceStore services,
    MailContent content,
    IMailTransport transport,
    RecipientCounts recipients,
    PaymentEvents events,
    OutboxNudge nudge,
    QueueDelay delays,
    HotRowRetry hotRow,
    IdGenerator ids,
    IRandomSource random,
    TimeProvider clock,
    ILogger<SendMail> log)
{
    /// <summary>Makes the attempt that the row names, unless it is out of date.</summary>
    public async Task RunAsync(OutboxRow schedule)
    {
        var (paymentId, mailId, attempt) = PaymentMailRows.SubjectOf(schedule);
        if (attempt > 1 && delays.TooEarlyBy(schedule.DueAt, clock.GetUtcNow()) is { } early)
        {
            // Not an attempt. A longer wait is the sweeper's, and so is a message that cannot be sent: the row stands.
            Log.EarlyMailAlarm(log, paymentId, mailId, attempt, early);
            await WakeAsync(schedule, early);
            return;
        }

        var play = await ReadNextAsync(schedule);
        if (play is null)
        {
            Log.StaleMailAlarm(log, paymentId, mailId, attempt);
            return;
        }

        Outcome outcome = play.Mail.IsOvertakenBy(play.Payment) ? new Outcome.Dropped()
            : play.Receiver is { } receiver && recipients.IsFull(receiver.Counted) ? new Outcome.Postponed(receiver.Day.EndsAt)
            : new Outcome.Tried(await SendAsync(play));
        var recorded = await hotRow.UntilDecidedAsync(
            async () =>
            {
                // Lost to another writer: read again and record again. The mail itself is not sent again.
                play ??= await ReadNextAsync(schedule);
                var result = play is null ? new Recorded(null) : await TryRecordAsync(play, outcome);
                play = null;
                return result;
            },
            CancellationToken.None);
        await FollowUpAsync(recorded, outcome);
    }

    /// <summary>The mail and its payment; null where the attempt is not the mail's next one.</summary>
    private async Task<MailInPlay?> ReadNextAsync(OutboxRow schedule)
    {
        var (paymentId, mailId, attempt) = PaymentMailRows.SubjectOf(schedule);
        var mailRead = tables.Payments.FindAsync(schedule.OwnerId, PaymentMailRows.Key(paymentId, mailId));
        var paymentRead = tables.Payments.FindAsync(schedule.OwnerId, PaymentRows.Key(paymentId));
        await Task.WhenAll(mailRead, paymentRead);
        var mailRow = await mailRead;
        var paymentRow = await paymentRead;
        if (mailRow is null || paymentRow is null)
            return null;

        var mail = PaymentMailRows.Read(mailRow);
        if (!mail.IsNext(attempt))
            return null;

        var payment = PaymentRows.Read(paymentRow);
        return new MailInPlay(mail, mailRow.ETag, new StoredPayment(payment, paymentRow.ETag)) { Receiver = await ReceiverOfAsync(mail, payment) };
    }

    /// <summary>Whose mails a reminder, a receipt or a credit note counts among. A mail with a link was counted when it was asked for, and an address may have been redacted: null.</summary>
    private async Task<Receiver?> ReceiverOfAsync(PaymentMail mail, Payment payment)
    {
        if (mail.Kind == MailKind.Link || payment.Details.PayerEmail is not { } address)
            return null;

        var day = recipients.DayOf(payment.PaymentServiceId, address, clock.GetUtcNow());
        return new Receiver(day, await recipients.FindAsync(payment.PaymentServiceId, day));
    }

    private async Task<MailResult> SendAsync(MailInPlay play)
    {
        if (transport.Sender is not { } sender)
            return new MailResult.Failed("not_configured", IsPermanent: false);

        // What was paid says itself who was paid.
        var service = play is { Mail.HasLink: false, Payment.Supplier: not null } ? null : await services.FindAsync(play.Payment.PaymentServiceId, CancellationToken.None);
        return await transport.SendAsync(content.Of(play.Mail, play.Payment, service, sender));
    }

    private async Task<Recorded?> TryRecordAsync(MailInPlay play, Outcome outcome)
    {
        var now = clock.NowInMilliseconds();
        var mail = outcome switch
        {
            Outcome.Tried { Result: MailResult.Taken } => play.Mail.Sent(now),
            Outcome.Tried { Result: MailResult.Failed failed } => play.Mail.FailedOnce(failed, now, random),
            Outcome.Postponed postponed => play.Mail.Postponed(postponed.To, now),
            _ => play.Mail.Superseded(now),
        };
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(PaymentMailRows.Write(mail), play.MailVersion)
            .Delete(mail.PaymentServiceId, play.Mail.Schedule!.RowKey);
        if (mail.Schedule is { } next)
            group.Insert(next.ToEntity());

        if (outcome is Outcome.Tried { Result: MailResult.Taken } && play.Receiver is { } receiver)
            RecipientCounts.Add(group, mail.PaymentServiceId, receiver.Day, receiver.Counted);

        TellPayment(group, mail, play, now);
        if (await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Conflict)
            return null;

        await nudge.RunAsync(group, now);
        return new Recorded(mail);
    }

    /// <summary>Writes what the payment shows of the mail, where that changes, and the resulting event.</summary>
    private void TellPayment(EntityGroup group, PaymentMail mail, MailInPlay play, DateTimeOffset now)
    {
        if (mail is not { HasLink: true, State: MailState.Sent })
        {
            if (mail.State is MailState.Sent or MailState.Failed && play.Payment.WithEmailFailed(mail.State == MailState.Failed, now) is var told && told != play.Payment)
                group.ReplacePayment(play.Stored, told);

            return;
        }

        var payment = play.Payment.WithEmailSent(now);
        group.ReplacePayment(play.Stored, payment).Publish(events.Of(payment, EventTypes.PaymentEmailSent, now));
    }

    private async Task FollowUpAsync(Recorded recorded, Outcome outcome)
    {
        if (recorded.Mail is not { } mail)
            return;

        switch (outcome)
        {
            case Outcome.Tried { Result: MailResult.Taken }:
                Log.MailSent(log, mail.PaymentId, mail.Id, mail.AttemptCount);
                break;
            case Outcome.Tried { Result: MailResult.Failed failed } when mail.State == MailState.Failed:
                Log.MailGivenUp(log, mail.PaymentId, mail.Id, mail.AttemptCount, failed.Error);
                break;
            case Outcome.Tried { Result: MailResult.Failed failed }:
                Log.MailAttemptFailed(log, mail.PaymentId, mail.Id, mail.AttemptCount, failed.Error);
                break;
            case Outcome.Postponed when mail.State == MailState.Failed:
                Log.MailGivenUp(log, mail.PaymentId, mail.Id, mail.AttemptCount, mail.LastError!);
                break;
            case Outcome.Postponed postponed:
                Log.MailPostponed(log, mail.PaymentId, mail.Id, postponed.To);
                break;
            default:
                Log.MailSuperseded(log, mail.PaymentId, mail.Id);
                break;
        }

        if (mail.Schedule is { } next)
            await WakeAsync(next, next.DueAt - clock.GetUtcNow());
    }

    /// <summary>Sends the message that wakes the attempt. Longer delays wait for the sweeper.</summary>
    private Task WakeAsync(OutboxRow schedule, TimeSpan delay) =>
        delay <= RetrySchedule.LongestInQueue ? nudge.SendAsync(schedule, delay) : Task.CompletedTask;

    private sealed record MailInPlay(PaymentMail Mail, ETag MailVersion, StoredPayment Stored)
    {
        public Payment Payment => Stored.Payment;

        public Receiver? Receiver { get; init; }
    }

    /// <param name="Day">The address and the day.</param>
    /// <param name="Counted">How many mails there were; null: none.</param>
    private sealed record Receiver(RecipientDay Day, TableEntity? Counted);

    /// <param name="Mail">Null: another process has recorded this attempt.</param>
    private sealed record Recorded(PaymentMail? Mail);

    private abstract record Outcome
    {
        public sealed record Tried(MailResult Result) : Outcome;

        public sealed record Postponed(DateTimeOffset To) : Outcome;

        public sealed record Dropped : Outcome;
    }
}
