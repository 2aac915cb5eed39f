using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>
/// Mails in the partition of the payment service: <c>m:{payment}:{mail}</c>. While a mail is not final an outbox row stands beside it,
/// whose time is when the next attempt is due and whose subject names that attempt.
/// </summary>
internal static class PaymentMailRows
{
    private const string DueAt = "due_at";

    public static string Key(string paymentId, string mailId) => $"m:{paymentId}:{mailId}";

    /// <summary>The mails about one payment, the oldest first.</summary>
    public static string RangeOf(string paymentServiceId, string paymentId) => RowKeys.Prefix(paymentServiceId, $"m:{paymentId}:");

    public static TableEntity Write(PaymentMail mail) => new(mail.PaymentServiceId, Key(mail.PaymentId, mail.Id))
    {
        ["kind"] = mail.Kind.ToString(),
        ["refund_id"] = mail.RefundId,
        ["asked_by"] = mail.AskedBy,
        ["state"] = mail.State.ToString(),
        ["attempt_count"] = mail.AttemptCount,
        [DueAt] = mail.NextAttemptAt,
        ["last_error"] = mail.LastError,
        ["created_at"] = mail.CreatedAt,
        ["updated_at"] = mail.UpdatedAt,
    };

    public static PaymentMail Read(TableEntity row)
    {
        var key = row.RowKey.Split(':', 3);
        return new PaymentMail
        {
            Id = key[2],
            PaymentId = key[1],
            PaymentServiceId = row.PartitionKey,
            Kind = Enum.Parse<MailKind>(row.GetString("kind")),
            RefundId = row.GetString("refund_id"),
            AskedBy = row.GetString("asked_by"),
            State = Enum.Parse<MailState>(row.GetString("state")),
            AttemptCount = row.GetInt32("attempt_count")!.Value,
            NextAttemptAt = row.GetDateTimeOffset(DueAt),
            LastError = row.GetString("last_error"),
            CreatedAt = row.GetDateTimeOffset("created_at")!.Value,
            UpdatedAt = row.GetDateTimeOffset("updated_at")!.Value,
        };
    }

    /// <summary>The payment, mail and attempt that an outbox row of the kind <see cref="OutboxKind.Mail"/> names.</summary>
    public static (string PaymentId, string MailId, int Attempt) SubjectOf(OutboxRow schedule)
    {
        var parts = schedule.Subject.Split('.');
        return (parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Adds a new mail and its schedule to the transaction that causes it.</summary>
    public static OutboxRow InsertMail(this EntityGroup group, PaymentMail mail)
    {
        var schedule = mail.Schedule!;
        group.Insert(Write(mail)).Insert(schedule.ToEntity());
        return schedule;
    }

    /// <summary>The transaction that moves a mail's schedule to a later time: the attempt stays the same.</summary>
    /// <param name="schedule">The outbox row.</param>
    /// <param name="to">When the attempt is woken again, should nobody make it.</param>
    /// <param name="wakeUps">How often it was woken by then.</param>
    /// <param name="writeId">Names the write.</param>
    public static EntityGroup MoveOn(OutboxRow schedule, DateTimeOffset to, int wakeUps, string writeId)
    {
        var (paymentId, mailId, _) = SubjectOf(schedule);
        var moved = (schedule with { DueAt = to }).ToEntity();
        moved[WakeUps.Column] = wakeUps;
        return new EntityGroup(writeId)
            .Merge(new TableEntity(schedule.OwnerId, Key(paymentId, mailId)) { [DueAt] = to })
            .Insert(moved)
            .Delete(schedule.OwnerId, schedule.RowKey);
    }
}
