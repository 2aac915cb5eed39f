using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Moves the schedule of a mail on when the sweep has woken it: a relay may be slow and needs time for the attempt.</summary>
internal sealed class MoveMail(PaySgTables tables, IdGenerator ids) : IMovingSchedule
{
    public string Kind => OutboxKind.Mail;

    public Task MoveOnAsync(OutboxRow row, DateTimeOffset to, int wakeUps, CancellationToken cancellationToken) =>
        tables.Payments.SubmitAsync(PaymentMailRows.MoveOn(row, to, wakeUps, ids.NewWriteId()), cancellationToken);
}
