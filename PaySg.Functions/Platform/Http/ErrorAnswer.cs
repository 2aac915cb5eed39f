namespace PaySg.Functions.Platform.Http;

/// <summary>Prints an error in the PaySG API's shape.</summary>
internal static class ErrorAnswer
{
    /// <summary>The answer; <c>data.request_id</c> is what to quote when asking for help, <c>data.errors</c> lists wrong fields.</summary>
    public static ApiAnswer Of(ApiError error, string requestId)
    {
        var answer = new ApiAnswer(error.Status, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("type", error.Type);
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WriteStartObject("data");
            json.WriteString("request_id", requestId);
            if (error.Fields.Count > 0)
            {
                json.WriteStartArray("errors");
                foreach (var field in error.Fields)
                {
                    json.WriteStartObject();
                    json.WriteString("field", field.Field);
                    json.WriteString("message", field.Message);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }));
        return answer.WithHeadersOf(error);
    }

    /// <summary>The code that an answer in this shape holds; empty: it has another shape.</summary>
    public static string CodeOf(ApiAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "";
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>A copy with the headers that the error asks for, whatever its body is.</summary>
    public static ApiAnswer WithHeadersOf(this ApiAnswer answer, ApiError error)
    {
        if (error.RetryAfter is { } delay)
            answer = answer.WithHeader("Retry-After", ((int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

        if (error.AcceptEncoding is { } codings)
            answer = answer.WithHeader("Accept-Encoding", codings);

        return error.Allow is { } allow ? answer.WithHeader("Allow", allow) : answer;
    }
}
