using Azure;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access;
using PaySg.Functions.Diagnostics;
using PaySg.Functions.Errors;
using PaySg.Functions.Ids;
using PaySg.Functions.Json;
using PaySg.Functions.Payments;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Checkout;

/// <summary>
/// The payer pays. The order is always: write the intention (attempt and in-doubt row, one transaction), call the gateway, write the
/// outcome. A process may die anywhere in between: the in-doubt row brings the repair.
/// </summary>
public sealed class PayPayment(
    PaymentStore payments,
    PaySgTables tables,
    IGateway gateway,
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

    /// <summary>Charges the payer once and returns payment and attempt as they are then: paid, still unpaid (declined), or pending.</summary>
    /// <exception cref="ApiException">
    /// 404; 402 where it is paid or cancelled; 429 after too many attempts, without success or at once; 503 where the gateway gave no clear answer.
    /// </exception>
    public async Task<AttemptInPlay> RunAsync(string serviceId, string paymentId, PaymentMethod method, CancellationToken clientLeft)
    {
        ArgumentNullException.ThrowIfNull(method);
        clientLeft.ThrowIfCancellationRequested();
        var isCounted = false;
        var play = await hotRow.UntilDecidedAsync(() => TryBeginAsync(serviceId, paymentId, method, CountOnce), CancellationToken.None);
        var settled = await settle.RunAsync(play, await ChargeAsync(play, method));
        return settled.Attempt switch
        {
            { FailureReason: SettleAttempt.Superseded } => throw ApiErrors.AttemptSuperseded(),
            { Status: ChargeAttemptStatus.Refunding } or { FailureReason: RefundLateCharge.RefundedLate } => throw ApiErrors.ChargedTooLate(),
            // Another attempt was charged, or the agency cancelled, while this one was refused.
            { Status: ChargeAttemptStatus.Failed } when settled.Payment.Status == PaymentStatus.Paid => throw ApiErrors.PaymentAlreadyPaid(),
            { Status: ChargeAttemptStatus.Failed } when settled.Payment.Status == PaymentStatus.Cancelled => throw ApiErrors.PaymentCancelled(),
            _ => settled,
        };

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

    private async Task<AttemptInPlay?> TryBeginAsync(string serviceId, string paymentId, PaymentMethod method, Action count)
    {
        var stored = await payments.GetAsync(serviceId, paymentId, CancellationToken.None);
        switch (stored.Payment.Status)
        {
            case PaymentStatus.Paid:
                throw ApiErrors.PaymentAlreadyPaid();
            case PaymentStatus.Cancelled:
                throw ApiErrors.PaymentCancelled();
        }

        // What is paid or cancelled tells so, however often it is asked.
        count();

        // A payment has one live attempt: the one before is withdrawn at the gateway before another begins.
        if (stored.Payment.LiveAttemptId is { } live)
        {
            await withdrawAttempt.RunAsync(serviceId, paymentId, live);
            return null;
        }

        var now = clock.NowInMilliseconds();
        return stored.Payment.Guesses?.WaitAt(now) is { } wait && wait > TimeSpan.Zero
            ? throw ApiErrors.TooManyAttempts((int)Math.Ceiling(wait.TotalSeconds))
            : await WriteIntentionAsync(stored, method, now);
    }

    private async Task<AttemptInPlay?> WriteIntentionAsync(StoredPayment stored, PaymentMethod method, DateTimeOffset now)
    {
        var attempt = new ChargeAttempt
        {
            Id = ids.NewAttemptId(now),
            PaymentId = stored.Payment.Id,
            Method = method.Kind,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Tracing.Tell(TraceTag.AttemptId, attempt.Id);
        var payment = stored.Payment.BeginAttempt(attempt.Id, attempt.Method, now);
        var group = new EntityGroup(ids.NewWriteId())
            .Replace(PaymentRows.Write(payment), stored.Version)
            .Insert(ChargeAttemptRows.Write(attempt, payment.PaymentServiceId))
            .Insert(ChargeAttemptRows.Doubt(attempt, payment.PaymentServiceId).ToEntity());
        // The attempt row is ours alone until its outcome is known, so its version need not be named by the next write.
        return await tables.Payments.SubmitAsync(group, CancellationToken.None) is WriteResult.Committed written
            ? new AttemptInPlay(new StoredPayment(payment, written.MainETag), attempt, ETag.All)
            : null;
    }

    private async Task<ChargeOutcome> ChargeAsync(AttemptInPlay play, PaymentMethod method)
    {
        try
        {
            await gateway.BeginAsync(play.Payment.Charge, CancellationToken.None);
            return await gateway.ConfirmAsync(play.Payment.Id, play.Attempt.Id, method, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // Whatever went wrong, the payer may have been charged: not an answer, but a doubt.
            Log.ChargeInDoubt(log, play.Payment.Id, play.Attempt.Id, fault);
            throw ApiErrors.ChargeInDoubt();
        }
    }
}
