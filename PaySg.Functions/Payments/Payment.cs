using System.Text.Json.Serialization;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments;

/// <summary>A payment. Immutable: a change gives a new value, and the changes are the methods here.</summary>
internal sealed record Payment
{
    public const int MaxRefunds = 100;

    /// <summary>21 characters (<see cref="PaymentId"/>).</summary>
    public required string Id { get; init; }

    public required string PaymentServiceId { get; init; }

    /// <summary>The holder of the API key that created it.</summary>
    public required string CreatorId { get; init; }

    /// <summary>What the e-service said of it.</summary>
    public required PaymentDetails Details { get; init; }

    public PaymentStatus Status { get; init; }

    /// <summary>The attempt that may still charge the payer; null: none.</summary>
    public LiveAttempt? LiveAttempt { get; init; }

    /// <summary>Its id; null: there is none.</summary>
    [JsonIgnore]
    public string? LiveAttemptId => LiveAttempt?.Id;

    /// <summary>How often payers have tried without success; null: not at all. Stored under the name it has always had.</summary>
    [JsonPropertyName("guesses")]
    public FailedTries? FailedTries { get; init; }

    /// <summary>How the last attempt ended; null: none has ended without a charge, another has begun since, or it ended under an older release.</summary>
    public AttemptFailure? LastFailure { get; init; }

    /// <summary>The attempt that charged the payer; null: not paid.</summary>
    public string? PaidByAttemptId { get; init; }

    /// <summary>The kind of method that the payer was charged by; null: not paid, or by a release that did not write it down.</summary>
    public string? PaidMethod { get; init; }

    /// <summary>How the gateway finds what was charged; null: not paid, or by nothing but the attempt's id.</summary>
    public GatewayHandle? PaidHandle { get; init; }

    /// <summary>The card that the payer was charged by; null: not paid, not by card, or not known.</summary>
    public ChargedCard? PaidCard { get; init; }

    /// <summary>
    /// Who is paid, as it was told to the payer who began last; from payment on it does not change. Null: nobody has begun, or it was paid by a release that
    /// did not write it down.
    /// </summary>
    public Supplier? Supplier { get; init; }

    /// <summary>The tag of the language in which the payer who began last read the page; null: nobody has begun, or by a release that did not write it down.</summary>
    public string? PayerLanguage { get; init; }

    /// <summary>The language of mails about it: that in which its payer pays, or was asked.</summary>
    [JsonIgnore]
    public Language Language => Language.Find(Language.OfPayments, PayerLanguage ?? Details.Locale) ?? Language.English;

    /// <summary>The sequence number of its newest event; events are numbered 1, 2, 3, … without gaps.</summary>
    public int Sequence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When what the API shows of it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was paid, or null.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>When it was cancelled, or null.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Who cancelled it: the creator id of an API key, or the id of a member; null: nobody, or a release that did not write it down.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>Its refunds, oldest first, at most <see cref="MaxRefunds"/>.</summary>
    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    /// <summary>Names an attempt to pay this.</summary>
    public AttemptKey AttemptKey(string attemptId) => new(PaymentServiceId, Id, attemptId);

    /// <summary>What the gateway is told of an attempt to pay this. It was begun at the time that its id holds.</summary>
    public GatewayAttempt AtGateway(string attemptId, string method, GatewayHandle? handle) => new(
        AttemptKey(attemptId), Money.OfCents(Details.AmountInCents), method, SortableUuid.TimeOf(attemptId[IdGenerator.AttemptPrefix.Length..]), handle);

    /// <summary>What the gateway is told of the live attempt.</summary>
    public GatewayAttempt AtGateway(LiveAttempt live) => AtGateway(live.Id, live.Method, live.Handle);

    /// <summary>What has gone back to the payer, in cents.</summary>
    // Stryker disable once Conditional: nothing adds up to nothing; it is the sum that takes memory.
    [JsonIgnore]
    public long RefundedInCents => Refunds.Count == 0 ? 0 : Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Sum(refund => refund.AmountInCents);

    /// <summary>The refund that the gateway has not decided yet; null: none.</summary>
    [JsonIgnore]
    public Refund? PendingRefund => Refunds.FirstOrDefault(refund => refund.Status == RefundStatus.Pending);

    /// <summary>What its payer disputes or has disputed, oldest first.</summary>
    public IReadOnlyList<ChargeDispute>? Disputes { get; init; }

    /// <summary>Whether a dispute is not decided: nothing is refunded meanwhile.</summary>
    [JsonIgnore]
    public bool IsDisputed => Disputes?.Any(dispute => dispute.Status == DisputeStatus.Open) == true;

    /// <summary>The payout at the gateway that brings the money to the agency's bank; null: none that we know of.</summary>
    public string? PayoutId { get; init; }

    /// <summary>When the payout arrives at the bank, or null.</summary>
    public DateTimeOffset? PaidOutAt { get; init; }

    /// <summary>What the gateway kept of the charge, in cents; null: not known.</summary>
    public long? FeeInCents { get; init; }

    /// <summary>What may still be refunded, in cents: nothing that is paid back or on its way.</summary>
    [JsonIgnore]
    public long RefundableInCents => Status == PaymentStatus.Paid
        ? Math.Max(0, Details.AmountInCents - RefundedInCents - LostInCents - (PendingRefund?.AmountInCents ?? 0))
        : 0;

    /// <summary>What went back to the payer because disputes were lost, in cents.</summary>
    [JsonIgnore]
    public long LostInCents => Disputes?.Where(dispute => dispute.Status == DisputeStatus.Lost).Sum(dispute => dispute.AmountInCents) ?? 0;

    /// <summary>When the last cent went back, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? FullyRefundedAt => Status == PaymentStatus.Paid && RefundedInCents == Details.AmountInCents
        ? Refunds.Where(refund => refund.Status == RefundStatus.Succeeded).Max(refund => refund.UpdatedAt)
        : null;

    /// <summary>How much of it has gone back.</summary>
    [JsonIgnore]
    public RefundProgress RefundProgress => RefundedInCents == 0 ? RefundProgress.NotRefunded
        : RefundedInCents < Details.AmountInCents ? RefundProgress.PartiallyRefunded
        : RefundProgress.FullyRefunded;

    /// <summary>When the newest mail with its link was handed over, or null.</summary>
    public DateTimeOffset? EmailSentAt { get; init; }

    /// <summary>When mails with its link were asked for lately; null: never.</summary>
    public LinkMails? LinkMails { get; init; }

    /// <summary>When a mail to its payer was given up; null: none was, or a later one was taken.</summary>
    public DateTimeOffset? EmailFailedAt { get; init; }

    /// <summary>When its payer's data was taken away; null: it was not.</summary>
    public DateTimeOffset? RedactedAt { get; init; }

    /// <summary>
    /// True where the rows that a search finds it by agree with it; null: a release wrote it that knows none, and they may be missing or of an earlier state.
    /// </summary>
    [JsonPropertyName("indexed")]
    public bool? IsIndexed { get; init; }

    /// <summary>Stripe's name of what was or will be charged; null: there is none, or none yet. A card's session has no intent until it is paid.</summary>
    [JsonIgnore]
    public string? StripePaymentIntentId => IntentOf(PaidHandle) ?? IntentOf(LiveAttempt?.Handle);

    /// <summary>Whether the API shows another payment than that of <paramref name="before"/>, an earlier state of it.</summary>
    public bool ShowsMoreThan(Payment before) =>
        UpdatedAt != before.UpdatedAt || Sequence != before.Sequence || PayoutId != before.PayoutId
        || EmailFailedAt.HasValue != before.EmailFailedAt.HasValue || StripePaymentIntentId != before.StripePaymentIntentId;

    /// <summary>A payment as it is created, its first event counted.</summary>
    public static Payment Create(string id, string paymentServiceId, string creatorId, PaymentDetails details, DateTimeOffset now) => new()
    {
        Id = id,
        PaymentServiceId = paymentServiceId,
        CreatorId = creatorId,
        Details = details,
        Status = PaymentStatus.Unpaid,
        IsIndexed = true,
        Sequence = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The payer has begun an attempt. Nothing that the API shows changes.</summary>
    /// <param name="supplier">Who is paid, as the payer is told.</param>
    public Payment BeginAttempt(ChargeAttempt attempt, Supplier supplier, DateTimeOffset now) => EnsureMayBecome(PaymentStatus.Paid) with
    {
        Supplier = supplier,
        LiveAttempt = new LiveAttempt(attempt.Id, attempt.Method, IsPending: false) { Handle = attempt.Handle },
        LastFailure = null,
        FailedTries = FailedTries.Add(FailedTries, now),
    };

    /// <summary>The payer who begins reads the page in a language. Nothing that the API shows changes.</summary>
    public Payment ReadIn(Language language) => this with { PayerLanguage = language.Tag };

    /// <summary>The payment with who is paid, where no attempt has written that down: it was begun by an older release. Nothing that the API shows changes.</summary>
    public Payment KeepSupplier(Supplier supplier) => this with { Supplier = Supplier ?? supplier };

    /// <summary>The gateway decides the attempt later. Nothing that the API shows changes.</summary>
    public Payment PendAttempt(ChargeAttempt attempt) => LiveAttemptId == attempt.Id
        ? this with { LiveAttempt = LiveAttempt! with { IsPending = true, Handle = attempt.Handle, NextStep = attempt.NextStep } }
        : this;

    /// <summary>The attempt ended without a charge. Nothing that the API shows changes.</summary>
    /// <param name="counts">Whether it counts as a failed try: the gateway judged it. One that was withdrawn before does not.</param>
    public Payment EndAttempt(ChargeAttempt attempt, bool counts) => LiveAttemptId == attempt.Id
        ? this with
        {
            LiveAttempt = null,
            LastFailure = new AttemptFailure(attempt.Method, attempt.FailureReason),
            FailedTries = counts ? FailedTries : FailedTries.TakeBack(FailedTries),
        }
        : this;

    /// <summary>The attempt was charged.</summary>
    public Payment Pay(ChargeAttempt attempt, DateTimeOffset now) => EnsureMayBecome(PaymentStatus.Paid) with
    {
        Status = PaymentStatus.Paid,
        PaidByAttemptId = attempt.Id,
        PaidMethod = attempt.Method,
        PaidHandle = attempt.Handle,
        PaidCard = attempt.Card,
        LiveAttempt = null,
        LastFailure = null,
        SucceededAt = now,
        UpdatedAt = now,
        Sequence = Sequence + 1,
    };

    /// <summary>The agency has withdrawn it. Its attempts are ended before.</summary>
    /// <param name="by">Who did; null: not known.</param>
    public Payment Cancel(DateTimeOffset now, string? by = null) => EnsureMayBecome(PaymentStatus.Cancelled) with
    {
        Status = PaymentStatus.Cancelled,
        LiveAttempt = null,
        CancelledAt = now,
        CancelledBy = by,
        UpdatedAt = now,
        Sequence = Sequence + 1,
    };

    /// <summary>Its payer's data is taken away, but for what a tax record needs (<see cref="TaxRecord"/>). Amounts, ids and times stay.</summary>
    /// <exception cref="InvalidOperationException"><see cref="RedactionRules"/> do not allow it.</exception>
    public Payment Redact(DateTimeOffset now) => RedactionRules.Refusal(this) is { } refusal
        ? throw new InvalidOperationException($"Payment {Id} cannot be redacted: {refusal}")
        : this with { Details = Details.Redact(TaxRecord.KeptFields(this, now)), PaidCard = null, RedactedAt = now, UpdatedAt = now };

    /// <summary>A refund is asked for: what it takes is not available to another. Nothing that the API shows of the payment changes.</summary>
    /// <exception cref="InvalidOperationException"><see cref="RefundRules"/> do not allow it.</exception>
    public Payment BeginRefund(Refund refund)
    {
        return RefundRules.RefusalOf(this, refund.AmountInCents, believedInCents: null, refund.CreatedAt) is null
            ? this with { Refunds = [.. Refunds, refund] }
            : throw new InvalidOperationException($"Payment {Id} cannot be refunded by {refund.AmountInCents} cents.");
    }

    /// <summary>The gateway has decided a refund, one way or the other.</summary>
    /// <exception cref="InvalidOperationException">It is decided already, or not one of this payment's.</exception>
    public Payment EndRefund(string refundId, RefundStatus status, DateTimeOffset now, string? failureReason = null)
    {
        var index = Refunds.ToList().FindIndex(refund => refund.Id == refundId);
        if (index < 0)
            throw new InvalidOperationException($"Payment {Id} has no refund {refundId}.");

        var ended = Refunds[index].Become(status, now, failureReason);
        if (status == RefundStatus.Succeeded && Supplier?.GstRateBasisPoints is { } rate)
            ended = ended with { GstInCents = CreditNote.TaxIn(ended.AmountInCents, CreditNote.Of(this, rate), rate) };

        return this with
        {
            Refunds = [.. Refunds.Take(index), ended, .. Refunds.Skip(index + 1)],
            UpdatedAt = now,
            Sequence = Sequence + 1,
        };
    }

    /// <summary>The gateway has taken a refund and decides it later. Nothing that the API shows of the payment changes.</summary>
    public Payment PendRefund(string refundId, string reference) => this with
    {
        Refunds = [.. Refunds.Select(refund => refund.Id == refundId ? refund with { Reference = reference } : refund)],
    };

    /// <summary>The gateway tells of a dispute. The payment itself where that is nothing new.</summary>
    public Payment Dispute(ChargeDispute dispute, DateTimeOffset now)
    {
        var all = Disputes ?? [];
        var known = all.FirstOrDefault(other => other.Id == dispute.Id);
        if (known is not null && (known.Status == dispute.Status || known.Status != DisputeStatus.Open))
            return this;

        var isOpen = dispute.Status == DisputeStatus.Open;
        var told = dispute with { OpenedAt = known?.OpenedAt ?? dispute.OpenedAt, ToldAt = isOpen ? now : known?.ToldAt, ClosedAt = isOpen ? null : now };
        return this with
        {
            Disputes = known is null ? [.. all, told] : [.. all.Select(other => other.Id == told.Id ? told : other)],
            UpdatedAt = now,
            Sequence = Sequence + 1,
        };
    }

    /// <summary>The money goes on to the agency's bank, or came back from there. The payment itself where that is nothing new.</summary>
    public Payment PayOut(ChargePayout payout, DateTimeOffset now) => payout.HasFailed
        ? PayoutId == payout.Id ? this with { PayoutId = null, PaidOutAt = null, UpdatedAt = now } : this
        : PayoutId is null ? this with { PayoutId = payout.Id, PaidOutAt = payout.PaidOutAt, FeeInCents = payout.FeeInCents, UpdatedAt = now } : this;

    /// <summary>A mail with its link is asked for. Nothing that the API shows changes.</summary>
    public Payment AskLinkMail(DateTimeOffset now) => this with { LinkMails = LinkMails.Add(LinkMails, now) };

    /// <summary>A mail with its link was handed over, whatever became of the payment meanwhile.</summary>
    public Payment WithEmailSent(DateTimeOffset now) => this with { EmailSentAt = now, EmailFailedAt = null, UpdatedAt = now, Sequence = Sequence + 1 };

    /// <summary>A mail to its payer was given up, or one was taken after that. The payment itself where nothing changes by it.</summary>
    public Payment WithEmailFailed(bool hasFailed, DateTimeOffset now) =>
        hasFailed == EmailFailedAt is not null ? this : this with { EmailFailedAt = hasFailed ? now : null, UpdatedAt = now };

    private static string? IntentOf(GatewayHandle? handle) => handle?.Reference?.StartsWith("pi_", StringComparison.Ordinal) == true ? handle.Reference : null;

    private Payment EnsureMayBecome(PaymentStatus to) => PaymentTransitions.Allows(Status, to)
        ? this
        : throw new InvalidOperationException($"A payment that is {Status.Name()} cannot become {to.Name()}.");
}
