using Azure;
using PaySg.Functions.Platform.Outbox;
using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>Acts on a notice: reads what it is about from Stripe, as it is now, and writes what that says. Doing it twice does nothing new.</summary>
internal sealed class WorkStripeNotice(
    StripeApi api, PaySgTables tables, TakeGatewayNotice notices, IChargeFacts facts, ILogger<WorkStripeNotice> log) : IOutboxWork
{
    /// <summary>How many charges of a payout are written beside each other: each is read and written once.</summary>
    private const int ChargesAtOnce = 8;

    private readonly SessionService sessions = new(api.Client);
    private readonly PaymentIntentService intents = new(api.Client);
    private readonly RefundService refunds = new(api.Client);
    private readonly DisputeService disputes = new(api.Client);
    private readonly PayoutService payouts = new(api.Client);
    private readonly BalanceTransactionService transactions = new(api.Client);

    public string Kind => OutboxKind.StripeNotice;

    public async Task RunAsync(OutboxRow work)
    {
        var notice = StripeNotice.Parse(work.Subject);
        if (await TryTakeAsync(notice))
            await tables.Payments.DeleteEntityAsync(work.OwnerId, work.RowKey, ETag.All);
    }

    /// <summary>False: the row stands, and the sweeper brings it again.</summary>
    private async Task<bool> TryTakeAsync(StripeNotice notice)
    {
        try
        {
            return await TakeAsync(notice);
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
            Log.StripeNoticeOfOthers(log, notice.EventId, notice.ObjectId);
            return true;
        }
        catch (NotFoundException)
        {
            // Its metadata names what is not here: another installation's, on the same account.
            Log.StripeNoticeOfOthers(log, notice.EventId, notice.ObjectId);
            return true;
        }
        catch (Exception fault) when (fault is StripeException or HttpRequestException or OperationCanceledException)
        {
            Log.StripeNoticeNotRead(log, notice.EventId, notice.ObjectId, fault);
            return false;
        }
    }

    private Task<bool> TakeAsync(StripeNotice notice) => notice.Type switch
    {
        _ when notice.Type.StartsWith("checkout.session.", StringComparison.Ordinal) => TakeSessionAsync(notice),
        _ when notice.Type.StartsWith("payment_intent.", StringComparison.Ordinal) => TakeIntentAsync(notice),
        _ when notice.Type.StartsWith("refund.", StringComparison.Ordinal) => TakeRefundAsync(notice),
        _ when notice.Type.StartsWith("charge.dispute.", StringComparison.Ordinal) => TakeDisputeAsync(notice),
        _ => TakePayoutAsync(notice),
    };

    private async Task<bool> TakeSessionAsync(StripeNotice notice)
    {
        var session = await sessions.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));
        return StripeMetadata.Read(session.Metadata) is not { } key || await TakeAttemptAsync(notice, key, session.Id, isPaid: session.PaymentStatus == "paid");
    }

    private async Task<bool> TakeIntentAsync(StripeNotice notice)
    {
        var intent = await intents.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));
        return StripeMetadata.Read(intent.Metadata) is not { } key || await TakeAttemptAsync(notice, key, intent.Id, isPaid: intent.Status == "succeeded");
    }

    /// <summary>Asks for the attempt by the object that is written down for it.</summary>
    /// <param name="objectId">The session or the intent that the notice is about.</param>
    /// <param name="isPaid">Whether it has charged the payer.</param>
    private async Task<bool> TakeAttemptAsync(StripeNotice notice, AttemptKey key, string objectId, bool isPaid)
    {
        var booked = await notices.BookOf(key.OwnerId).GetAsync(key);
        var attempt = booked.AtGateway;
        if (!IsOfAccount(notice, attempt.Handle))
            return true;

        if (attempt.Handle?.Reference is null)
        {
            // The answer that named its object was lost. An intent of a session tells of one card, and the payer may take another: only its success counts.
            if (!isPaid && (attempt.Method == MethodKinds.Card) != StripeIds.IsSession(objectId))
                return true;

            attempt = attempt with { Handle = new GatewayHandle(attempt.Handle?.Account, objectId) };
        }

        return await notices.TakeAsync(booked, attempt) is not null;
    }

    private async Task<bool> TakeRefundAsync(StripeNotice notice)
    {
        var refund = await refunds.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));
        return StripeMetadata.Read(refund.Metadata) is not { } key || !refund.Metadata.TryGetValue(StripeMetadata.Refund, out var id)
            || await WriteAsync(notice, key, refund.PaymentIntentId, () => facts.TakeRefundAsync(key, notice.Account, id, refund.Id));
    }

    /// <summary>
    /// Writes what is told of a charge. The notice of the charge itself may come later, or be lost: so where the attempt has not paid, it is asked for first.
    /// </summary>
    /// <param name="intentId">The payment intent that was charged.</param>
    /// <param name="write">False where Stripe gave no clear answer.</param>
    private async Task<bool> WriteAsync(StripeNotice notice, AttemptKey key, string? intentId, Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch (NotFoundException) when (intentId is not null)
        {
            return await TakeAttemptAsync(notice, key, intentId, isPaid: true) && await write();
        }
    }

    private async Task<bool> TakeDisputeAsync(StripeNotice notice)
    {
        var dispute = await disputes.GetAsync(notice.ObjectId, options: null, StripeApi.With(notice.Account));

        // An inquiry takes no money, and a refund may well end it. It becomes a dispute, under the same id, or is closed.
        if (dispute.Status.StartsWith("warning_", StringComparison.Ordinal))
            return true;

        if (dispute.PaymentIntentId is null || await KeyOfIntentAsync(dispute.PaymentIntentId, notice.Account) is not { } key)
            return true;

        var status = dispute.Status switch
        {
            "won" or "prevented" => DisputeStatus.Won,
            "lost" => DisputeStatus.Lost,
            _ => DisputeStatus.Open,
        };
        var openedAt = new DateTimeOffset(DateTime.SpecifyKind(dispute.Created, DateTimeKind.Utc));
        return await WriteAsync(notice, key, dispute.PaymentIntentId, async () =>
        {
            await facts.WriteDisputeAsync(key, notice.Account, new ChargeDispute(dispute.Id, dispute.Amount, dispute.Reason ?? "general", status, openedAt));
            return true;
        });
    }

    /// <summary>Every charge that is part of a payout: all pages of its balance transactions.</summary>
    private async Task<bool> TakePayoutAsync(StripeNotice notice)
    {
        var with = StripeApi.With(notice.Account);
        var payout = await payouts.GetAsync(notice.ObjectId, options: null, with);
        var paidOutAt = new DateTimeOffset(DateTime.SpecifyKind(payout.ArrivalDate, DateTimeKind.Utc));
        var isWhole = true;
        var options = new BalanceTransactionListOptions { Payout = payout.Id, Limit = 100, Expand = ["data.source"] };
        await Parallel.ForEachAsync(
            transactions.ListAutoPagingAsync(options, with),
            new ParallelOptions { MaxDegreeOfParallelism = ChargesAtOnce },
            async (transaction, _) =>
            {
                if (transaction.Source is not Charge charge)
                    return;

                var key = StripeMetadata.Read(charge.Metadata)
                    ?? (charge.PaymentIntentId is { } intentId ? await KeyOfIntentAsync(intentId, notice.Account) : null);
                if (key is not null && !await WritePayoutAsync(notice, key, charge.PaymentIntentId, new ChargePayout(payout.Id, transaction.Fee, paidOutAt, payout.Status == "failed")))
                    isWhole = false;
            });
        return isWhole;
    }

    private async Task<bool> WritePayoutAsync(StripeNotice notice, AttemptKey key, string? intentId, ChargePayout payout)
    {
        try
        {
            return await WriteAsync(notice, key, intentId, async () =>
            {
                await facts.WritePayoutAsync(key, notice.Account, payout);
                return true;
            });
        }
        catch (NotFoundException)
        {
            // One charge that is not ours must not hide the others of the payout.
            Log.StripeNoticeOfOthers(log, notice.EventId, key.AttemptId);
            return true;
        }
    }

    private async Task<AttemptKey?> KeyOfIntentAsync(string intentId, string? account) =>
        StripeMetadata.Read((await intents.GetAsync(intentId, options: null, StripeApi.With(account))).Metadata);

    private bool IsOfAccount(StripeNotice notice, GatewayHandle? handle)
    {
        if (handle?.Account == notice.Account)
            return true;

        Log.StripeNoticeOfOtherAccount(log, notice.EventId, notice.Account ?? "");
        return false;
    }
}
