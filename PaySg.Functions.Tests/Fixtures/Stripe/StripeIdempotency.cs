using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What was answered under each idempotency key, for 24 hours. Its users hold the server's lock.</summary>
internal sealed class StripeIdempotency
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private readonly Dictionary<(StripeOwner Owner, string Key), Entry> entries = [];

    /// <summary>The keys that are known now.</summary>
    public int Count => entries.Count;

    /// <summary>The answer that is kept; null where the call is to be executed, and then ended with <see cref="End"/>.</summary>
    /// <exception cref="StripeRefusalException">The key was used for another call, or its first call is still in progress.</exception>
    public StripeAnswer? Begin(StripeCall call)
    {
        if (call.Key is null)
            return null;
        foreach (var (old, _) in entries.Where(entry => entry.Value.Answer is not null && entry.Value.Begun + Kept <= call.Now).ToList())
            entries.Remove(old);
        if (call.Key.Length > 255)
            throw StripeRefusalException.Of(400, "invalid_request_error", code: null, "Idempotency keys can be up to 255 characters long.");
        if (!entries.TryGetValue((call.Owner, call.Key), out var entry))
        {
            entries.Add((call.Owner, call.Key), new Entry(string.Join('/', call.Path), call.Parameters, call.Now));
            return null;
        }

        if (entry.Path != string.Join('/', call.Path) || !JsonNode.DeepEquals(entry.Parameters, call.Parameters))
        {
            throw StripeRefusalException.Of(
                400,
                "idempotency_error",
                code: null,
                $"Keys for idempotent requests can only be used for the same endpoint and with the same parameters they were first used with. Try using a key other than '{call.Key}' if you meant to execute a different request.");
        }

        return entry.Answer is { } answer
            ? answer with { Replayed = true }
            : throw StripeRefusalException.Of(409, "idempotency_error", "idempotency_key_in_use", "There is currently another in-progress request using this idempotent key (that probably means you submitted twice, and the other request is still going through). Try again later.");
    }

    public void End(StripeCall call, StripeAnswer answer)
    {
        if (call.Key is null)
            return;
        if (answer.IsKept)
            entries[(call.Owner, call.Key)].Answer = answer;
        else
            entries.Remove((call.Owner, call.Key));
    }

    private sealed record Entry(string Path, JsonObject Parameters, DateTimeOffset Begun)
    {
        public StripeAnswer? Answer { get; set; }
    }
}
