namespace PaySg.Functions.Dashboard;

/// <summary>Why an operation did not do what a form asked for, as somebody reads it who has the form before them.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Message">Why, where no field is wrong; null: fields are.</param>
/// <param name="Errors">What is wrong, by the API's names of fields.</param>
internal sealed record FormRefusal(int Status, string? Message, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Whether somebody has changed what the form was made of.</summary>
    public bool IsStale { get; private init; }

    /// <summary>Runs an operation: its answer, or why it did nothing.</summary>
    /// <exception cref="ApiException">What no form can correct: 403, 404, 413, 415, 503.</exception>
    public static async Task<(ApiAnswer? Answer, FormRefusal? Refusal)> TryAsync(Func<Task<ApiAnswer>> operation)
    {
        try
        {
            var answer = await operation();
            return answer.Status < 400 ? (answer, null) : (null, Of(answer));
        }
        catch (ApiException stale) when (StaleForm.Is(stale))
        {
            return (null, new FormRefusal(409, "Somebody has changed this since you opened the page. Nothing of yours is saved.", []) { IsStale = true });
        }
        catch (ApiException refused) when (refused.Error.Status is 402 or 409 or 429 || refused.Error.Fields.Count > 0)
        {
            var error = refused.Error;
            return (null, new FormRefusal(error.Status, error.Fields.Count > 0 ? null : Words(error.Code, error.Message), error.Fields));
        }
    }

    /// <summary>A form that asks for nothing that its page offers.</summary>
    public static ApiException UnknownAction() => ApiErrors.InvalidParameter("action", "must be that of a form of the page.");

    /// <summary>What the field is told; null: nothing is wrong with it.</summary>
    public FieldError? ErrorOf(string field) => Errors.FirstOrDefault(error => error.Field == field || error.Field.StartsWith(field + "[", StringComparison.Ordinal));

    /// <summary>A refusal that was stored as the answer of the form's key.</summary>
    private static FormRefusal Of(ApiAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Body);
        var error = json.RootElement.GetProperty("error");
        return new FormRefusal(answer.Status, Words(error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!), []);
    }

    private static string Words(string code, string message) => code switch
    {
        "idempotency_key_mismatch" => "This form was sent before with other values, and that was done. Look at what is there now before you send it again.",
        "idempotency_key_in_use" => "This form was sent a moment ago and is not finished yet. Look at what is there before you send it again.",
        "last_administrator" => "They are the only administrator. Make somebody else one first.",
        "refund_amount_available_mismatch" => "Somebody has refunded this payment in the meantime. Look at what is left now.",
        "refund_in_progress" => "Another refund of this payment is being made. Try again when it is decided.",
        _ => message,
    };
}
