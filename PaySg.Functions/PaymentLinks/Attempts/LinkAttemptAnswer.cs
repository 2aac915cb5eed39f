using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>The answer to who asked for an attempt, made of the attempt alone: so it is the same whoever finds the outcome out.</summary>
internal static class LinkAttemptAnswer
{
    /// <summary>200 and the history, or 402 where what was charged goes back.</summary>
    public static ApiAnswer Of(LinkAttempt attempt, string requestId)
    {
        return attempt.State.GoesBack
            ? ErrorAnswer.Of(ApiErrors.LinkChargedTooLate().Error, requestId)
            : new ApiAnswer(200, HistoryJson.Print(attempt, attempt.UpdatedAt));
    }

    /// <summary>The number of the attempt that an answer is about; null where what was charged goes back.</summary>
    public static string? ReffNoIn(ApiAnswer answer) => answer.Status == 200 ? JsonElement.Parse(answer.Body.Span).GetProperty("reff_no").GetString() : null;
}
