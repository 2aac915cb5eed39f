using System.Text.Json;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One webhook as it was received.</summary>
public sealed record Received(DateTimeOffset At, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string EventId => Json.GetProperty("id").GetString()!;

    public string Type => Json.GetProperty("type").GetString()!;
}
