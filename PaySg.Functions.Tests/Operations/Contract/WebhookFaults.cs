using System.Text;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>Holds webhooks against the API's document.</summary>
internal static class WebhookFaults
{
    /// <summary>All in which a webhook is not what the document says: its type, its headers, its body.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Received webhook)
    {
        // What has no body is a request of a test that is about sending alone.
        if (webhook.Body.Length == 0)
            return [];

        var type = webhook.Json.TryGetProperty("type", out var name) ? name.GetString()! : webhook.Json.GetProperty("event").GetString()!;
        if (!OpenApiFile.Root.GetProperty("webhooks").TryGetProperty(type, out var documented))
            return [$"the webhook {type} is not documented"];

        var missing = documented.GetProperty("post").GetProperty("parameters").EnumerateArray()
            .Select(parameter => OpenApiFile.Follow(parameter).GetProperty("name").GetString()!)
            .Where(header => !webhook.Headers.ContainsKey(header))
            .Select(header => $"the header {header} is missing");
        var errors = await JsonCheck.ErrorsOfAsync(
            ["webhooks", type, "post", "requestBody", "content", "application/json", "schema"], Encoding.UTF8.GetString(webhook.Body), closed: true);
        return [.. missing, .. errors.Select(error => $"{type}: {error}")];
    }
}
