using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Payments.Emails;

/// <summary>A mail to a payer: that it is to be sent and how far that is. Its content is made of the payment when it is sent.</summary>
internal sealed record PaymentMail
{
    /// <summary>How long after <see cref="CreatedAt"/> a mail may still wait for another day.</summary>
    public static readonly TimeSpan LongestPostponement = TimeSpan.FromDays(3);

    /// <summary>What <see cref="LastError"/> says of a mail that waits for another day.</summary>
    public const string RecipientLimit = "RecipientLimit";

    /// <summary>Such as <c>mail_…</c>.</summary>
    public required string Id { get; init; }

    public required string PaymentId { get; init; }

    public required string PaymentServiceId { get; init; }

    public required MailKind Kind { get; init; }

    /// <summary>The refund that it tells of; null: it is of another kind.</summary>
    public string? RefundId { get; init; }

    /// <summary>Who has asked for it: the creator id of an API key, or the id of a member; null: nobody has, or a release that did not write it down.</summary>
    public string? AskedBy { get; init; }

    public MailState State { get; init; }

    public int AttemptCount { get; init; }

    /// <summary>When the next attempt is due; null: there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the newest attempt failed: a code, no address and no words of the relay's. Null: none failed.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was asked for; of a reminder, when it was to be sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The outbox row that stands beside it while an attempt is due: that row is the schedule.</summary>
    public OutboxRow? Schedule => NextAttemptAt is { } at
        ? new OutboxRow(PaymentServiceId, at, OutboxKind.Mail, $"{PaymentId}.{Id}.{AttemptCount + 1}")
        : null;

    /// <summary>A mail whose first attempt is due at a time: now, or later for a reminder.</summary>
    public static PaymentMail Of(Payment payment, MailKind kind, string id, DateTimeOffset due)
    {
        return new PaymentMail
        {
            Id = id,
            PaymentId = payment.Id,
            PaymentServiceId = payment.PaymentServiceId,
            Kind = kind,
            NextAttemptAt = due,
            CreatedAt = due,
            UpdatedAt = due,
        };
    }

    /// <summary>Whether it leads to the page where the payment is to be paid.</summary>
    public bool HasLink => Kind is MailKind.Link or MailKind.Reminder;

    /// <summary>Whether a message for this attempt is up to date. An older one was sent twice or came late: it does nothing.</summary>
    public bool IsNext(int attempt) => State == MailState.Pending && attempt == AttemptCount + 1;

    /// <summary>Whether there is no point in sending it any more.</summary>
    public bool IsOvertakenBy(Payment payment) => payment.RedactedAt is not null || Kind switch
    {
        MailKind.Link or MailKind.Reminder => payment.Status != PaymentStatus.Unpaid,
        MailKind.Refund => !payment.Refunds.Any(refund => refund.Id == RefundId && refund.Status == RefundStatus.Succeeded),
        _ => false,
    };

    /// <summary>The relay took it.</summary>
    public PaymentMail Sent(DateTimeOffset now) => Become(MailState.Sent, now) with { AttemptCount = AttemptCount + 1 };

    /// <summary>An attempt failed: another is due, unless that was the last one or the failure is permanent.</summary>
    public PaymentMail FailedOnce(MailResult.Failed failure, DateTimeOffset now, IRandomSource random)
    {
        var made = AttemptCount + 1;
        var next = failure.IsPermanent ? null : now + RetrySchedule.DelayAfter(made, random);
        return Become(next is null ? MailState.Failed : MailState.Pending, now) with
        {
            AttemptCount = made,
            NextAttemptAt = next,
            LastError = failure.Error,
        };
    }

    /// <summary>Its receiver has had as many mails today as may be: it waits for another day, until it is too old to be of use.</summary>
    public PaymentMail Postponed(DateTimeOffset to, DateTimeOffset now)
    {
        var isTooOld = to - CreatedAt > LongestPostponement;
        return Become(isTooOld ? MailState.Failed : MailState.Pending, now) with
        {
            NextAttemptAt = isTooOld ? null : to,
            LastError = RecipientLimit,
        };
    }

    /// <summary>It is not to be sent any more.</summary>
    public PaymentMail Superseded(DateTimeOffset now) => Become(MailState.Superseded, now);

    private PaymentMail Become(MailState state, DateTimeOffset now) => MailTransitions.Allows(State, state)
        ? this with { State = state, NextAttemptAt = null, UpdatedAt = now }
        : throw new InvalidOperationException($"A mail that is {State} cannot become {state}.");
}
