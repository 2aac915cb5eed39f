using PaySg.Functions.Errors;
using PaySg.Functions.Http;
using PaySg.Functions.Payments;

namespace PaySg.Functions.Checkout;

/// <summary>The answer to who asked for an attempt, made of attempt and payment alone: so it is the same whoever finds the outcome out.</summary>
public sealed class ChargeAttemptAnswer(PaymentJson paymentJson)
{
    /// <summary>200 and the payment, or 402 where the attempt came to nothing because of another or is given back.</summary>
    public ApiAnswer Of(ChargeAttempt attempt, Payment payment, string requestId)
    {
        if (RefusalOf(attempt, payment) is { } refusal)
        {
            return ErrorAnswer.Of(refusal.Error, requestId);
        }

        var answer = new ApiAnswer(200, paymentJson.Print(payment)).WithHeader("paysg-attempt-id", attempt.Id);
        return payment.Status == PaymentStatus.Paid && ReturnRedirect.TargetFor(payment) is { } target
            ? answer.WithHeader("paysg-redirect-to", target)
            : answer;
    }

    /// <summary>Why the attempt was not this payer's to make; null: it is paid, pending or declined.</summary>
    public static ApiException? RefusalOf(ChargeAttempt attempt, Payment payment)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(payment);
        return attempt switch
        {
            { FailureReason: ChargeAttempt.Superseded } => ApiErrors.AttemptSuperseded(),
            { State.GoesBack: true } => ApiErrors.ChargedTooLate(),
            // Another attempt was charged, or the agency cancelled, while this one was refused.
            { Status: ChargeAttemptStatus.Failed } when payment.Status == PaymentStatus.Paid => ApiErrors.PaymentAlreadyPaid(),
            { Status: ChargeAttemptStatus.Failed } when payment.Status == PaymentStatus.Cancelled => ApiErrors.PaymentCancelled(),
            _ => null,
        };
    }
}
