using Azure;
using PaySg.Functions.Platform.Outbox;
using Stripe;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>Acts on a notice: reads what it is about from Stripe, as it is now, and writes what that says. Doing it twice does nothing new.</summary>
internal sealed class WorkStripeNotice(
    StripeApi api, StripeCharges charges, PaySgTables tables, TakeGatewayNotice notices, IChargeFacts facts, ILogger<WorkStripeNotice> log) : IOutboxWork
{
    /// <summary>How many charges of a payout are written beside each other: each is read and written once.</summary>
    private const int ChargesAtOnce = 8;

    private readonly RefundService refunds = new(api.Client);
    private readonly DisputeService disputes = new(api.Client);
    private readonly PayoutService payouts = new(api.Client);
    private readonly BalanceTransactionService transactions = new(api.Client);

    public string Kind => OutboxKind.StripeNotice;

    public async Task RunAsync(OutboxRow work)
    {
        var notice = StripeNotice.Parse(work.Subject);
        if (await TryAsync(notice, notice.ObjectId, () => TakeAsync(notice)))
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
    }

    /// <summary>False: it could not be read, and the row stands, so that the sweeper brings it again.</summary>
    /// <param name="objectId">What is read for it.</param>
    private async Task<bool> TryAsync(StripeNotice notice, string objectId, Func<Task> take)
    {
        try
        {
            await take();
            return true;
        }
        catch (StripeException fault) when (notice.Account is { } account && fault.StripeError?.Code == "account_invalid")
        {
            // The account was never connected, or has left: Stripe says nothing of it any more.
            Log.StripeNoticeOfOtherAccount(log, notice.EventId, account);
            return true;
        }
        catch (StripeException fault) when (fault.HttpStatusCode == System.Net.HttpStatusCode.NotFound)
        {
            // It was deleted: nothing can be learnt of it.
            Log.StripeNoticeOfOthers(log, notice.EventId, objectId);
            return true;
        }
        catch (NotFoundException)
        {
            // Its metadata names what is not here: another installation's, on the same account.
            Log.StripeNoticeOfOthers(log, notice.EventId, objectId);
            return true;
        }
        catch (StripeMismatchException fault)
        {
            // It stays another's however often it is read. What it was taken for is asked for on its own schedule.
            Log.StripeMismatch(log, fault.ObjectId, fault.Difference);
            return true;
        }
        catch (Exception fault) when (fault is StripeException or HttpRequestException or OperationCanceledException or InvalidDataException)
        {
            Log.StripeNoticeNotRead(log, notice.EventId, objectId, fault);
            return false;
        }
    }

    private Task TakeAsync(StripeNotice notice) => notice.Type switch
    {
        _ when notice.Type.StartsWith("checkout.session.", StringComparison.Ordinal) => TakeSessionAsync(notice),
        _ when notice.Type.StartsWith("payment_intent.", StringComparison.Ordinal) => TakeIntentAsync(notice),
        _ when notice.Type.StartsWith("refund.", StringComparison.Ordinal) => TakeRefundAsync(notice),
        _ when notice.Type.StartsWith("charge.dispute.", StringComparison.Ordinal) => TakeDisputeAsync(notice),
        _ => TakePayoutAsync(notice),
    };

    private async Task TakeSessionAsync(StripeNotice notice)
    {
        var session = await charges.GetSessionAsync(notice.ObjectId, notice.Account);
        if (StripeMetadata.Read(session.Metadata) is { } key)
            await TakeAttemptAsync(notice, key, session.Id, isPaid: session.PaymentStatus == "paid", attempt => charges.Outcomes.Of(session, attempt));
    }

    private async Task TakeIntentAsync(StripeNotice notice)
    {
        var intent = await charges.GetIntentAsync(notice.ObjectId, notice.Account);
        if (StripeMetadata.Read(intent.Metadata) is { } key)
            await TakeIntentAsync(notice, key, intent);
    }

    private Task TakeIntentAsync(StripeNotice notice, AttemptKey key, PaymentIntent intent) =>
        TakeAttemptAsync(notice, key, intent.Id, isPaid: intent.Status == "succeeded", attempt => charges.Outcomes.Of(intent, attempt));

    /// <summary>
    /// Writes what became of the attempt. What has charged the payer says so itself; else the object that is written down for the attempt says it, which is
    /// read now unless it is the one that was read.
    /// </summary>
    /// <param name="objectId">The session or the intent that was read for the notice.</param>
    /// <param name="isPaid">Whether it has charged the payer.</param>
    /// <param name="told">What it says of the attempt.</param>
    private async Task TakeAttemptAsync(StripeNotice notice, AttemptKey key, string objectId, bool isPaid, Func<GatewayAttempt, ChargeOutcome> told)
    {
        var booked = await notices.BookOf(key.OwnerId).GetAsync(key);
        var attempt = booked.AtGateway;
        if (!IsOfAccount(notice, attempt.Handle))
            return;

        var reference = attempt.Handle?.Reference;
        if (reference is null)
        {
            // The answer that named its object was lost. An intent of a session tells of one card, and the payer may take another: only its success counts.
            if (!isPaid && (attempt.Method == MethodKinds.Card) != StripeIds.IsSession(objectId))
                return;

            reference = objectId;
        }

        await notices.WriteAsync(booked, isPaid || reference == objectId ? told(attempt) : await charges.FindAsync(reference, attempt, CancellationToken.None));
    }

    private async Task TakeRefundAsync(StripeNotice notice)
    {
        var refund = await refunds.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));
        if (StripeMetadata.Read(refund.Metadata) is { } key && refund.Metadata.TryGetValue(StripeMetadata.Refund, out var id))
            await WriteAsync(notice, key, refund.PaymentIntentId, () => facts.TakeRefundAsync(key, notice.Account, id, asked => OutcomeOf(refund, asked)));
    }

    /// <exception cref="StripeMismatchException">It is not the refund that is written here.</exception>
    private static RefundOutcome OutcomeOf(Refund refund, GatewayRefund asked) => asked.Reference is null || asked.Reference == refund.Id
        ? StripeOutcomes.Of(refund, asked)
        : throw new StripeMismatchException(refund.Id, $"the refund {asked.Reference} is written for {asked.Id}");

    /// <summary>
    /// Writes what is told of a charge. The notice of the charge itself may come later, or be lost: so where the attempt has not paid, it is asked for first.
    /// </summary>
    /// <param name="intentId">The payment intent that was charged.</param>
    private async Task WriteAsync(StripeNotice notice, AttemptKey key, string? intentId, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (NotFoundException) when (intentId is not null)
        {
            await TakeIntentAsync(notice, key, await charges.GetIntentAsync(intentId, notice.Account));
            await write();
        }
    }

    private async Task TakeDisputeAsync(StripeNotice notice)
    {
        var dispute = await disputes.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));

        // An inquiry takes no money, and a refund may well end it. It becomes a dispute, under the same id, or is closed.
        if (dispute.Status.StartsWith("warning_", StringComparison.Ordinal))
            return;

        if (dispute.PaymentIntentId is null || await KeyOfIntentAsync(dispute.PaymentIntentId, notice.Account) is not { } key)
            return;

        var status = dispute.Status switch
        {
            "won" or "prevented" => DisputeStatus.Won,
            "lost" => DisputeStatus.Lost,
            _ => DisputeStatus.Open,
        };
        var openedAt = new DateTimeOffset(DateTime.SpecifyKind(dispute.Created, DateTimeKind.Utc));
        var told = new ChargeDispute(dispute.Id, dispute.Amount, dispute.Reason ?? "general", status, openedAt);
        await WriteAsync(notice, key, dispute.PaymentIntentId, () => facts.WriteDisputeAsync(key, notice.Account, told));
    }

    /// <summary>Every charge that is part of a payout: all pages of its balance transactions. One that is not ours, or cannot be read, must not hide the others.</summary>
    private async Task TakePayoutAsync(StripeNotice notice)
    {
        var with = StripeApi.With(notice.Account);
        var payout = await payouts.GetAsync(notice.ObjectId, options: null, with);
        var isWhole = true;
        var options = new BalanceTransactionListOptions { Payout = payout.Id, Limit = 100, Expand = ["data.source"] };
        await Parallel.ForEachAsync(
            transactions.ListAutoPagingAsync(options, with),
            new ParallelOptions { MaxDegreeOfParallelism = ChargesAtOnce },
            async (transaction, _) =>
            {
                if (transaction.Source is Charge charge && !await TryAsync(notice, charge.Id, () => WritePayoutAsync(notice, payout, charge, transaction.Fee)))
                    isWhole = false;
            });
        if (!isWhole)
            throw new InvalidDataException($"Not every charge of the payout {payout.Id} could be read.");
    }

    private async Task WritePayoutAsync(StripeNotice notice, Payout payout, Charge charge, long fee)
    {
        var key = StripeMetadata.Read(charge.Metadata) ?? (charge.PaymentIntentId is { } intentId ? await KeyOfIntentAsync(intentId, notice.Account) : null);
        if (key is null)
            return;

        var paidOutAt = new DateTimeOffset(DateTime.SpecifyKind(payout.ArrivalDate, DateTimeKind.Utc));
        var told = new ChargePayout(payout.Id, fee, paidOutAt, payout.Status == "failed");
        await WriteAsync(notice, key, charge.PaymentIntentId, () => facts.WritePayoutAsync(key, notice.Account, told));
    }

    private async Task<AttemptKey?> KeyOfIntentAsync(string intentId, string? account) =>
        StripeMetadata.Read((await charges.GetIntentAsync(intentId, account)).Metadata);

    private bool IsOfAccount(StripeNotice notice, GatewayHandle? handle)
    {
        if (handle?.Account == notice.Account)
            return true;

        Log.StripeNoticeOfOtherAccount(log, notice.EventId, notice.Account ?? "");
        return false;
    }
}
