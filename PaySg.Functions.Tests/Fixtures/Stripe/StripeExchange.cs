using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A request that came, and its answer.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="Parameters">Of the body, or of the query; all values are texts, as they came.</param>
/// <param name="Time">By the server's clock.</param>
internal sealed record StripeExchange(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonObject Parameters, DateTimeOffset Time)
{
    private volatile StripeAnswer? answer;

    /// <summary>Null where the header is absent, as of the next ones.</summary>
    public string? IdempotencyKey => Headers.GetValueOrDefault("Idempotency-Key");

    public string? Account => Headers.GetValueOrDefault("Stripe-Account");

    public string? Version => Headers.GetValueOrDefault("Stripe-Version");

    /// <summary>What the server made of it, even if the connection was cut; null while it works, or where it was cut before.</summary>
    public JsonObject? Answer => answer?.Body;

    /// <summary>The answer's status; 0 where there is none.</summary>
    public int Status => answer?.Status ?? 0;

    /// <summary>Whether the answer was one that is kept under its key.</summary>
    public bool Replayed => answer?.Replayed ?? false;

    internal void AnsweredBy(StripeAnswer given) => answer = given;
}
