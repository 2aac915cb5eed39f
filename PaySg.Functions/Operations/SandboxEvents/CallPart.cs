namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>Runs a part of a call.</summary>
internal static class CallPart
{
    /// <summary>The JSON that the part answers; a refusal by state, new or repeated, says what it is a part of.</summary>
    /// <exception cref="ApiException">402 <c>event_not_triggered</c> for any 402, 429 <c>rate_limit_exceeded</c> for any 429; all else as the part has it.</exception>
    public static async Task<JsonElement> RunAsync(Func<Task<ApiAnswer>> part)
    {
        ApiAnswer answer;
        try
        {
            answer = await part();
        }
        catch (RefusedByStateException refusal)
        {
            throw ApiErrors.EventNotTriggered(refusal.Error.Code, refusal.Error.Message);
        }
        catch (TooManyRequestsException tooMuch)
        {
            throw ApiErrors.RateLimitExceeded((int)Math.Ceiling((tooMuch.Error.RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds));
        }

        if (answer.Body.IsEmpty)
            return default;

        var json = JsonElement.Parse(answer.Body.Span);
        if (answer.Status != 402)
            return json;

        var error = json.GetProperty("error");
        throw ApiErrors.EventNotTriggered(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!);
    }
}
