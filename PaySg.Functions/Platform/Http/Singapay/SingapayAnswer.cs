namespace PaySg.Functions.Platform.Http.Singapay;

/// <summary>Prints answers of the Singapay API: each is an envelope that repeats the HTTP status.</summary>
internal static class SingapayAnswer
{
    /// <summary>200 <c>{"status":200,"success":true,"data":…}</c>. Singapay answers 200 to what it creates, too.</summary>
    public static ApiAnswer Of(Action<Utf8JsonWriter> writeData) => Of(writeData, writeRest: null);

    /// <summary>The same, with further members beside <c>data</c>, such as <c>pagination</c>.</summary>
    public static ApiAnswer Of(Action<Utf8JsonWriter> writeData, Action<Utf8JsonWriter>? writeRest)
    {
        return new ApiAnswer(200, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", 200);
            json.WriteBoolean("success", true);
            json.WritePropertyName("data");
            writeData(json);
            writeRest?.Invoke(json);
            json.WriteEndObject();
        }));
    }

    /// <summary>
    /// An error: <c>{"status":422,"success":false,"error":{"code":422,"message":"…","errors":{"field":["…"]}}}</c>. The code is the HTTP
    /// status as a number; <c>errors</c> is there where fields are wrong. The call's id is in the header <c>x-request-id</c>.
    /// </summary>
    public static ApiAnswer OfError(ApiError error, string requestId)
    {
        var answer = new ApiAnswer(error.Status, JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", error.Status);
            json.WriteBoolean("success", false);
            json.WriteStartObject("error");
            json.WriteNumber("code", error.Status);
            json.WriteString("message", error.Message);
            if (error.Fields.Count > 0)
            {
                json.WriteStartObject("errors");
                foreach (var field in error.Fields.GroupBy(field => field.Field, StringComparer.Ordinal))
                {
                    json.WriteStartArray(field.Key);
                    foreach (var wrong in field)
                        json.WriteStringValue(wrong.Message);

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }));
        return answer.WithHeadersOf(error);
    }
}
