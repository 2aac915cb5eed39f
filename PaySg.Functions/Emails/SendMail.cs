using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Outbox;
using PaySg.Functions.Payments;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Delivery;
using PaySg.Functions.Webhooks.Events;

namespace PaySg.Functions.Emails;

/// <summary>
/// Makes one attempt to send one mail and writes down what came of it: reads, the relay, a transaction. Whatever the relay does is an
/// outcome, never an exception. A process that dies between relay and transaction sends the mail again, under the same message id.
/// </summary>
public sealed class SendMail(
    PaySgTables tables,
    PaymentServices services,
    MailContent content,
    IMailTransport transport,
    PaymentEvents events,
    OutboxNudge nudge,
    HotRowRetry hotRow,
    IdGenerator ids,
    IRandomSource random,
    TimeProvider clock,
    ILogger<SendMail> log)
{
    /// <summary>Makes the attempt that the row names, unless it is out of date.</summary>
    public async Task RunAsync(OutboxRow schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var (paymentId, mailId, attempt) = PaymentMailRows.SubjectOf(schedule);
        var serviceRead = services.FindAsync(schedule.OwnerId, CancellationToken.None);
        var play = await ReadNextAsync(schedule);
        var service = await serviceRead;
        if (play is null)
        {
            Log.StaleMailAlarm(log, paymentId, mailId, attempt);
            return;
        }

        // Null: it is not sent any more.
        var outcome = play.Mail.IsOvertakenBy(play.Payment) ? null : await SendAsync(play, service);
        var recorded = await hotRow.UntilDecidedAsync(
            async () =>
            {
                // Lost to another writer: read again and record again. The mail itself is not sent again.
                play ??= await ReadNextAsync(schedule);
                var result = play is null ? new Recorded(null, null) : await TryRecordAsync(play, outcome);
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
        var mailRead = tables.Payments.GetEntityIfExistsAsync<TableEntity>(schedule.OwnerId, PaymentMailRows.Key(paymentId, mailId));
        var paymentRead = tables.Payments.GetEntityIfExistsAsync<TableEntity>(schedule.OwnerId, PaymentRows.Key(paymentId));
        await Task.WhenAll(mailRead, paymentRead);
        var mailRow = await mailRead;
        var paymentRow = await paymentRead;
        return mailRow.HasValue && paymentRow.HasValue && PaymentMailRows.Read(mailRow.Value!) is var mail && mail.IsNext(attempt)
            ? new MailInPlay(mail, mailRow.Value!.ETag, PaymentRows.Read(paymentRow.Value!), paymentRow.Value!.ETag)
            : null;
    }

    private async Task<MailResult> SendAsync(MailInPlay play, PaymentService? service) => transport.Sender is { } sender
        ? await transport.SendAsync(content.Of(play.Mail, play.Payment, service, sender))
        : new MailResult.Failed("not_configured", IsPermanent: false);

    private async Task<Recorded?> TryRecordAsync(MailInPlay play, MailResult? outcome)
    {
        var now = clock.NowInMilliseconds();
        var mail = outcome switch
        {
            MailResult.Taken => play.Mail.Sent(now),
            MailResult.Failed failed => play.Mail.FailedOnce(failed, now, random),
            _ => play.Mail.Superseded(now),
        };
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(PaymentMailRows.Write(mail), play.MailVersion)
            .Delete(mail.PaymentServiceId, play.Mail.Schedule!.RowKey);
        if (mail.Schedule is { } next)
        {
            group.Insert(next.ToEntity());
        }

        var outbox = TellPayment(group, mail, play, now);
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed ? new Recorded(mail, outbox) : null;
    }

    /// <summary>Writes what the payment shows of the mail, where that changes; the event that it gives rise to.</summary>
    private OutboxRow? TellPayment(EntityGroup group, PaymentMail mail, MailInPlay play, DateTimeOffset now)
    {
        if (mail is not { Kind: MailKind.Link, State: MailState.Sent })
        {
            if (mail.State is MailState.Sent or MailState.Failed && play.Payment.WithEmailFailed(mail.State == MailState.Failed, now) is var told && told != play.Payment)
            {
                group.Replace(PaymentRows.Write(told), play.PaymentVersion);
            }

            return null;
        }

        var payment = play.Payment.WithEmailSent(now);
        var sent = events.Of(payment, EventTypes.PaymentEmailSent, now);
        var outbox = new OutboxRow(payment.PaymentServiceId, now, OutboxKind.Event, sent.Id);
        group.Replace(PaymentRows.Write(payment), play.PaymentVersion).Insert(EventRows.Write(sent)).Insert(outbox.ToEntity());
        return outbox;
    }

    private async Task FollowUpAsync(Recorded recorded, MailResult? outcome)
    {
        if (recorded.Mail is not { } mail)
        {
            return;
        }

        switch (outcome)
        {
            case MailResult.Taken:
                Log.MailSent(log, mail.PaymentId, mail.Id, mail.AttemptCount);
                break;
            case MailResult.Failed failed when mail.State == MailState.Failed:
                Log.MailGivenUp(log, mail.PaymentId, mail.Id, mail.AttemptCount, failed.Error);
                break;
            case MailResult.Failed failed:
                Log.MailAttemptFailed(log, mail.PaymentId, mail.Id, mail.AttemptCount, failed.Error);
                break;
            default:
                Log.MailSuperseded(log, mail.PaymentId, mail.Id);
                break;
        }

        if (recorded.Outbox is { } outbox)
        {
            await nudge.SendAsync(outbox);
        }

        // Longer delays wait for the sweeper.
        if (mail.Schedule is { } next && next.CreatedAt - clock.GetUtcNow() is var delay && delay <= DeliveryAlarm.LongestInQueue)
        {
            await nudge.SendAsync(next, delay);
        }
    }

    private sealed record MailInPlay(PaymentMail Mail, ETag MailVersion, Payment Payment, ETag PaymentVersion);

    /// <param name="Mail">Null: another process has recorded this attempt.</param>
    /// <param name="Outbox">The event that it gave rise to.</param>
    private sealed record Recorded(PaymentMail? Mail, OutboxRow? Outbox);
}
