using System.Net;
using System.Text.Json;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An answer, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>A text of the JSON object.</summary>
    public string? this[string name] => Json.GetProperty(name).ToString() is var text && Json.GetProperty(name).ValueKind == JsonValueKind.Null ? null : text;

    /// <summary>The error's code.</summary>
    public string? ErrorCode => Json.GetProperty("error").GetProperty("code").GetString();

    /// <summary>The fields that the error names.</summary>
    public IReadOnlyList<string> ErrorFields =>
        Json.GetProperty("error").GetProperty("data").TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => error.GetProperty("field").GetString()!)]
            : [];

    /// <summary>What failed assertions print. The text that records make of themselves asks the properties above, which throw on a page.</summary>
    public override string ToString() => $"{(int)Status} {Headers.GetValueOrDefault("Location")} {Body}";

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Body}");
        return this;
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
            return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }
}
