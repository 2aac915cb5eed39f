using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments.Refunds;

/// <summary>
/// Refunds a paid payment, wholly or in part (guide, page "Refund a payment"). What it takes is reserved on the payment before the gateway
/// is asked, so no two refunds together exceed what was paid. A refund whose outcome is not known stays pending and blocks the next.
/// </summary>
internal sealed class RefundPayment(
    PaySgTables tables,
    PaymentStore payments,
    GatewayBorder gateway,
    SettleRefund settle,
    KeyedCalls keyedCalls,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock,
    PaymentSettings settings,
    ILogger<RefundPayment> log)
{
    /// <summary>200 and the payment as it is after the refund.</summary>
    /// <exception cref="ApiException">400, 402 (with the reason), 404, 409; 503 where the gateway gave no clear answer.</exception>
    public async Task<ApiAnswer> RunAsync(ApiCall call, ApiKey key, string paymentId)
    {
        var fields = await call.ReadFieldsAsync();
        var amount = fields.RequiredInteger("refund_amount_in_cents", 1, settings.MaxAmountInCents) ?? 0;
        var believed = fields.OptionalInteger("refund_amount_available_in_cents", 0, settings.MaxAmountInCents);
        fields.ThrowIfInvalid();
        var keyed = keyedCalls.Of(
            call,
            key.At(tables.Payments),
            new RequestParameters().With("refund_amount_in_cents", amount).With("refund_amount_available_in_cents", believed).OnceWrittenAs($"{amount} of {believed}"));
        call.ClientLeft.ThrowIfCancellationRequested();
        var refundKey = new RefundKey(key.PaymentServiceId, paymentId, ids.NewRefundId(clock.NowInMilliseconds()));
        return await keyed.RunAsync(async () =>
        {
            var begun = await hotRow.UntilDecidedAsync(
                () => TryBeginAsync(keyed, refundKey, key, amount, believed), CancellationToken.None);
            return begun.Decided ?? await RefundAsync(begun.Play!, begun.IsRepeat);
        });
    }

    private async Task<Begun?> TryBeginAsync(KeyedCall keyed, RefundKey refundKey, ApiKey key, long amount, long? believed)
    {
        var recordRead = keyed.FindAnswerAsync();
        var paymentRead = payments.GetAsync(refundKey.PaymentServiceId, refundKey.PaymentId, CancellationToken.None);
        if (await recordRead.BesideAsync(paymentRead) is { } replay)
            return new Begun(replay, null);

        var stored = await paymentRead;
        if (stored.Payment.Refunds.Any(refund => refund.Id == refundKey.RefundId))
        {
            // An earlier try of ours was written, its answer was lost, and a repair has gone on from there: this refund is not begun twice.
            var play = (await settle.FindAsync(refundKey))!;
            return play.Refund.IsInDoubt ? new Begun(null, play, IsRepeat: true) : new Begun(await settle.AnswerAgainAsync(play), null);
        }

        var now = clock.NowInMilliseconds();
        if (RefundRules.RefusalOf(stored.Payment, amount, believed, now) is { } refusal)
            throw ErrorOf(refusal, stored.Payment);

        var refund = new Refund { Id = refundKey.RefundId, AmountInCents = amount, AskedBy = key.CreatorId, CreatedAt = now, UpdatedAt = now };
        Tracing.Tell(TraceTag.RefundId, refund.Id);
        var payment = stored.Payment.BeginRefund(refund);
        var record = new RefundRecord(refund.Id, payment.Id, now, keyed.RequestId, keyed.Request);
        var group = new EntityGroup(ids.NewWriteId())
            .ReplacePayment(stored, payment)
            .Insert(RefundRows.Write(record, refundKey.PaymentServiceId))
            .Insert(RefundRows.Doubt(record, refundKey.PaymentServiceId).ToEntity())
            .Audit(key.By, refundKey.PaymentServiceId, now, AuditAction.PaymentRefundAsked, payment.Id, AuditChange.Set("refund_id", refund.Id), AuditChange.Set("refund_amount_in_cents", amount));
        if (keyed.Request is not null)
            group.InsertRunningRecord(keyed.Request, refundKey.PaymentServiceId, now);

        CallerPatience.TellInDoubt(ApiErrors.RefundInDoubt());
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed written
            ? new Begun(null, new RefundInPlay(new StoredPayment(payment, written.MainETag), record))
            : null;
    }

    private static ApiException ErrorOf(RefundRefusal refusal, Payment payment) => refusal switch
    {
        RefundRefusal.NotPaid => ApiErrors.PaymentNotRefundable($"it is {payment.Status.Name()}."),
        RefundRefusal.InProgress => ApiErrors.RefundInProgress(),
        RefundRefusal.Disputed => ApiErrors.PaymentNotRefundable("its payer disputes it. It can be refunded when the dispute is decided."),
        RefundRefusal.FullyRefunded => ApiErrors.PaymentNotRefundable(
            payment.LostInCents > 0 ? "nothing is left of it: it was refunded, or lost in a dispute." : "it is fully refunded."),
        RefundRefusal.TooLate => ApiErrors.PaymentNotRefundable($"it was paid more than {RefundRules.Period.TotalDays} days ago."),
        RefundRefusal.TooMany => ApiErrors.PaymentNotRefundable($"it has {Payment.MaxRefunds} refunds already, which is the limit."),
        RefundRefusal.AvailableMismatch => ApiErrors.RefundAmountAvailableMismatch(payment.RefundableInCents),
        RefundRefusal.AmountNotAvailable => ApiErrors.RefundAmountExceeded(payment.RefundableInCents),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    private async Task<ApiAnswer> RefundAsync(RefundInPlay play, bool isRepeat)
    {
        var outcome = await (isRepeat ? gateway.RefundAgainAsync(play.AtGateway) : gateway.RefundAsync(play.AtGateway));
        if (outcome.State == RefundState.NotKnown)
        {
            Log.RefundInDoubt(log, play.Payment.Id, play.Refund.Id, null);
            throw ApiErrors.RefundInDoubt();
        }

        try
        {
            return await settle.RunAsync(play, outcome);
        }
        catch (Exception fault)
        {
            // The gateway has decided and it could not be written down: the in-doubt row stands, and brings the repair.
            Log.RefundInDoubt(log, play.Payment.Id, play.Refund.Id, fault);
            throw ApiErrors.RefundInDoubt();
        }
    }

    /// <param name="IsRepeat">Whether the gateway may have been asked already.</param>
    private sealed record Begun(ApiAnswer? Decided, RefundInPlay? Play, bool IsRepeat = false);
}
