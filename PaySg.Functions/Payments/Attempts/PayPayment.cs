using Azure;
using PaySg.Functions.Access;
using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>
/// The payer pays. The order is always: write the intention (attempt and in-doubt row, one transaction), call the gateway, write the
/// outcome. A process may die anywhere in between: the in-doubt row brings the repair.
/// </summary>
internal sealed class PayPayment(
    PaymentStore payments,
    PaymentServiceStore services,
    PaySgTables tables,
    GatewayBorder gateway,
    SettleAttempt settle,
    WithdrawAttempt withdrawAttempt,
    HotRowRetry hotRow,
    IdGenerator ids,
    TimeProvider clock,
    PageMetrics metrics,
    ILogger<PayPayment> log)
{
    /// <summary>How many attempts on one payment may be begun at once, on each instance.</summary>
    public const int AtOnce = 120;

    /// <summary>How many may be begun in a minute in the long run.</summary>
    public const int PerMinute = 20;

    private readonly TokenBuckets rates = new(AtOnce, PerMinute, clock);

    /// <summary>Charges the payer once and tells what came of it.</summary>
    /// <param name="method">How the payer pays.</param>
    /// <param name="wish">In which language the payer reads. The mails to come are written in it.</param>
    /// <param name="keyed">The call. With an idempotency key, asking again begins no other attempt. Null: whoever calls has no key.</param>
    /// <param name="clientLeft">Ends what comes before the first write.</param>
    /// <exception cref="ApiException">404; 409; 429 after too many attempts, without success or at once.</exception>
    public async Task<PaymentCharge> RunAsync(string serviceId, string paymentId, PaymentMethod method, LanguageWish wish, KeyedCall? keyed, CancellationToken clientLeft)
    {
        clientLeft.ThrowIfCancellationRequested();
        var isCounted = false;
        var order = new Order(serviceId, paymentId, ids.NewAttemptId(clock.NowInMilliseconds()), method, wish, keyed, CountOnce);
        var isFirstTry = true;
        var begun = await hotRow.UntilDecidedAsync(
            async () =>
            {
                // A try of ours may have been written and its answer lost, and a repair gone on from there: this attempt is not begun twice.
                var earlier = isFirstTry ? null : await settle.FindAsync(new AttemptKey(serviceId, paymentId, order.AttemptId));
                isFirstTry = false;
                return earlier is null ? await TryBeginAsync(order) : new Begun(null, earlier);
            },
            CancellationToken.None);
        if (begun.Ended is { } ended)
            return ended;

        var settled = begun.Play!.Attempt.Status == ChargeAttemptStatus.Begun ? await ChargeAsync(begun.Play, method) : begun.Play;
        if (settled is null)
            return new PaymentCharge.Refused(ChargeRefusal.InDoubt);

        // Where the repair, or whoever withdrew the attempt, was faster, the answer that it stored is the one that all repetitions get.
        return new PaymentCharge.Made(settled.Attempt, settled.Payment, settled.EndsDoubt || keyed is null ? null : await keyed.FindAnswerAsync());

        void CountOnce()
        {
            if (!isCounted && rates.Take(paymentId) is { } wait)
            {
                metrics.AttemptRefused();
                throw ApiErrors.TooManyAttemptsAtOnce((int)Math.Ceiling(wait.TotalSeconds));
            }

            isCounted = true;
        }
    }

    private async Task<Begun?> TryBeginAsync(Order order)
    {
        var recordRead = order.FindAnswerAsync();
        var paymentRead = payments.GetAsync(order.ServiceId, order.PaymentId, CancellationToken.None);
        var payeeRead = ReadPayeeAsync(order.ServiceId);
        if (await recordRead.BesideAsync(Task.WhenAll(paymentRead, payeeRead)) is { } replay)
            return new Begun(new PaymentCharge.Replayed(replay), null);

        var stored = await paymentRead;
        var (supplier, account) = await payeeRead;
        switch (stored.Payment.Status)
        {
            case PaymentStatus.Paid:
                return new Begun(new PaymentCharge.Refused(ChargeRefusal.AlreadyPaid), null);
            case PaymentStatus.Cancelled:
                return new Begun(new PaymentCharge.Refused(ChargeRefusal.Cancelled), null);
        }

        if (!gateway.Takes(order.Method.Kind, stored.Payment.Details.AmountInCents))
            return new Begun(new PaymentCharge.Refused(ChargeRefusal.AmountNotTaken), null);

        // What is paid or cancelled tells so, however often it is asked.
        order.Count();

        // A payment has one live attempt: the one before is withdrawn at the gateway before another begins.
        if (stored.Payment.LiveAttempt is { } live)
        {
            // It may be that of a parallel request with the same key, which was written between the two reads.
            if (await order.FindAnswerAsync() is { } decided)
                return new Begun(new PaymentCharge.Replayed(decided), null);

            return await withdrawAttempt.RunAsync(stored.Payment.AtGateway(live)) is { } refusal
                ? new Begun(new PaymentCharge.Refused(refusal), null)
                : null;
        }

        var now = clock.NowInMilliseconds();
        return stored.Payment.FailedTries?.WaitAt(now) is { } wait && wait > TimeSpan.Zero
            ? throw ApiErrors.TooManyAttempts((int)Math.Ceiling(wait.TotalSeconds))
            : await WriteIntentionAsync(stored, order, supplier, account, now);
    }

    /// <summary>Who is paid, as pages say it, and where the money goes. Both come from one row, which is remembered for some seconds.</summary>
    private async Task<(Supplier Supplier, string? Account)> ReadPayeeAsync(string serviceId)
    {
        var service = await services.FindRememberedAsync(serviceId, CancellationToken.None);
        return (Supplier.Of(service), await gateway.AccountOfAsync(serviceId));
    }

    private async Task<Begun?> WriteIntentionAsync(StoredPayment stored, Order order, Supplier supplier, string? account, DateTimeOffset now)
    {
        var attempt = new ChargeAttempt
        {
            Id = order.AttemptId,
            PaymentId = stored.Payment.Id,
            Method = order.Method.Kind,
            Handle = GatewayHandle.Of(account),
            Call = order.Keyed is { Request: { } request } keyed ? new AttemptCall(request, keyed.RequestId) : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Tracing.Tell(TraceTag.AttemptId, attempt.Id);
        var payment = stored.Payment.BeginAttempt(attempt, supplier, now).ReadIn(order.Wish.Among(Language.OfPayments, stored.Payment.Details.Locale));
        var group = new EntityGroup(ids.NewWriteId())
            .ReplacePayment(stored, payment)
            .Insert(ChargeAttemptRows.Write(attempt, payment.PaymentServiceId))
            .Insert(ChargeAttemptRows.Doubt(attempt, payment.PaymentServiceId).ToEntity());
        if (attempt.Call is { } call)
            group.InsertRunningRecord(call.Keyed, payment.PaymentServiceId, now);

        CallerPatience.TellInDoubt(ApiErrors.ChargeInDoubt());
        // The attempt row is ours alone until its outcome is known, so its version need not be named by the next write.
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed written
            ? new Begun(null, new AttemptInPlay(new StoredPayment(payment, written.MainETag), attempt, ETag.All))
            : null;
    }

    /// <summary>Null: it is not known what came of it.</summary>
    private async Task<AttemptInPlay?> ChargeAsync(AttemptInPlay play, PaymentMethod method)
    {
        var outcome = await gateway.ChargeAsync(play.AtGateway, method);
        if (outcome.State == ChargeState.NotKnown)
        {
            Log.ChargeInDoubt(log, play.Payment.Id, play.Attempt.Id, null);
            return null;
        }

        try
        {
            return await settle.RunAsync(play, outcome);
        }
        catch (Exception fault)
        {
            // The gateway has decided and it could not be written down: the in-doubt row stands, and brings the repair.
            Log.ChargeInDoubt(log, play.Payment.Id, play.Attempt.Id, fault);
            return null;
        }
    }

    private sealed record Begun(PaymentCharge? Ended, AttemptInPlay? Play);

    private sealed record Order(string ServiceId, string PaymentId, string AttemptId, PaymentMethod Method, LanguageWish Wish, KeyedCall? Keyed, Action Count)
    {
        public Task<ApiAnswer?> FindAnswerAsync() => Keyed?.FindAnswerAsync() ?? Task.FromResult<ApiAnswer?>(null);
    }
}
