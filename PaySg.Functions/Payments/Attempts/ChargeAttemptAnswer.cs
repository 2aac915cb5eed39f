using PaySg.Functions.Gateway;

namespace PaySg.Functions.Payments.Attempts;

/// <summary>The answer to who asked for an attempt, made of attempt and payment alone: so it is the same whoever finds the outcome out.</summary>
internal sealed class ChargeAttemptAnswer(PaymentJson paymentJson)
{
    /// <summary>200 and the payment, or 402 where the attempt came to nothing because of another or is given back.</summary>
    public ApiAnswer Of(ChargeAttempt attempt, Payment payment, string requestId)
    {
        if (RefusalOf(attempt, payment) is { } refusal)
            return ErrorAnswer.Of(ErrorOf(refusal).Error, requestId);

        var answer = new ApiAnswer(200, paymentJson.Print(payment)).WithHeader("paysg-attempt-id", attempt.Id);
        return payment.Status == PaymentStatus.Paid && ReturnRedirect.TargetFor(payment) is { } target
            ? answer.WithHeader("paysg-redirect-to", target)
            : answer;
    }

    /// <summary>Why the attempt was not this payer's to make; null: it is paid, pending or declined.</summary>
    public static ChargeRefusal? RefusalOf(ChargeAttempt attempt, Payment payment)
    {
        return attempt switch
        {
            { FailureReason: ChargeAttempt.Superseded } => ChargeRefusal.Superseded,
            { State.GoesBack: true } => ChargeRefusal.TooLate,
            // Another attempt was charged, or the agency cancelled, while this one was refused.
            { Status: ChargeAttemptStatus.Failed } when payment.Status == PaymentStatus.Paid => ChargeRefusal.AlreadyPaid,
            { Status: ChargeAttemptStatus.Failed } when payment.Status == PaymentStatus.Cancelled => ChargeRefusal.Cancelled,
            _ => null,
        };
    }

    /// <summary>What a caller of the API is told of a refusal.</summary>
    public static ApiException ErrorOf(ChargeRefusal refusal) => refusal switch
    {
        ChargeRefusal.AlreadyPaid => ApiErrors.PaymentAlreadyPaid(),
        ChargeRefusal.Cancelled => ApiErrors.PaymentCancelled(),
        ChargeRefusal.AmountNotTaken => ApiErrors.InvalidParameter("amount_in_cents", "is not an amount that this method is charged by."),
        ChargeRefusal.Processing => ApiErrors.PaymentProcessing(),
        ChargeRefusal.Superseded => ApiErrors.AttemptSuperseded(),
        ChargeRefusal.TooLate => ApiErrors.ChargedTooLate(),
        ChargeRefusal.InDoubt => ApiErrors.ChargeInDoubt(),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
