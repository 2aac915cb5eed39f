using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What has happened. Events wait until a test delivers them, in any order and as often as it likes, or loses them.</summary>
internal sealed class StripeEvents(TimeProvider time) : IDisposable
{
    public const string ApiVersion = "2026-10-28.endive";
    private static readonly JsonSerializerOptions Printed = new() { WriteIndented = true };
    private readonly Lock gate = new();
    private readonly List<StripeEvent> all = [];
    private readonly List<StripeEvent> waiting = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private Task deliveries = Task.CompletedTask;

    /// <summary>What deliveries are signed with.</summary>
    public string Secret { get; set; } = "whsec_c3RyaXBlLWlzLXJvbGxpbmctYS1zZWNyZXQ";

    /// <summary>Where each event is sent at once; null where it waits. One that is refused waits, too.</summary>
    public Uri? DeliverTo { get; set; }

    public IReadOnlyList<StripeEvent> All
    {
        get
        {
            lock (gate)
                return [.. all];
        }
    }

    /// <summary>Neither delivered (with an answer of 2xx) nor lost.</summary>
    public IReadOnlyList<StripeEvent> Waiting
    {
        get
        {
            lock (gate)
                return [.. waiting];
        }
    }

    public void Lose(StripeEvent lost)
    {
        lock (gate)
            Assert.True(waiting.Remove(lost), $"{lost.Type} is not waiting.");
    }

    /// <summary>Stripe may make two events of one change. This one waits, too.</summary>
    public StripeEvent Again(StripeEvent made)
    {
        ArgumentNullException.ThrowIfNull(made);
        var again = made with { Id = made.Id + "x", Text = made.Text.Replace($"\"{made.Id}\"", $"\"{made.Id}x\"", StringComparison.Ordinal) };
        lock (gate)
        {
            all.Add(again);
            waiting.Add(again);
        }

        return again;
    }

    /// <summary>Sends an event, be it waiting or not: a second time it is a double.</summary>
    /// <param name="secret">Of another endpoint, as that of connected accounts is; null for <see cref="Secret"/>.</param>
    /// <param name="signed">When it was signed; null for now.</param>
    /// <returns>The receiver's status.</returns>
    public async Task<HttpStatusCode> DeliverAsync(StripeEvent sent, Uri receiver, string? secret = null, DateTimeOffset? signed = null)
    {
        ArgumentNullException.ThrowIfNull(sent);
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver)
        {
            Content = new StringContent(sent.Text, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", StripeSignature.Of(sent.Text, signed ?? time.GetUtcNow(), secret ?? Secret));
        request.Headers.TryAddWithoutValidation("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        using var answer = await http.SendAsync(request);
        if (answer.IsSuccessStatusCode)
        {
            lock (gate)
                waiting.Remove(sent);
        }

        return answer.StatusCode;
    }

    /// <summary>Sends what waits, in an order (as it happened, if none is named), until nothing new waits that was not refused.</summary>
    public async Task DeliverAllAsync(Uri receiver, Func<IReadOnlyList<StripeEvent>, IEnumerable<StripeEvent>>? order = null)
    {
        var tried = new HashSet<StripeEvent>();
        while (Waiting.Where(tried.Add).ToList() is { Count: > 0 } next)
        {
            foreach (var sent in order?.Invoke(next) ?? next)
                await DeliverAsync(sent, receiver);
        }
    }

    /// <summary>Waits until what is delivered at once has been.</summary>
    public async Task IdleAsync()
    {
        Task last;
        do
        {
            lock (gate)
                last = deliveries;
            await last;
        }
        while (!ReferenceEquals(last, deliveries));
    }

    public void Dispose() => http.Dispose();

    internal void Add(string id, string type, StripeOwner owner, JsonObject about, JsonObject? before, StripeCall? call, DateTimeOffset now)
    {
        var data = new JsonObject { ["object"] = about };
        if (before is not null)
            data["previous_attributes"] = before;
        var json = new JsonObject { ["id"] = id, ["object"] = "event" };
        if (owner.Account is not null)
            json["account"] = owner.Account;
        json["api_version"] = ApiVersion;
        json["created"] = now.ToUnixTimeSeconds();
        json["data"] = data;
        json["livemode"] = owner.Live;
        json["pending_webhooks"] = 1;
        json["request"] = new JsonObject { ["id"] = call?.RequestId, ["idempotency_key"] = call?.Key };
        json["type"] = type;
        var added = new StripeEvent(id, type, owner, about["id"]!.GetValue<string>(), now, json.ToJsonString(Printed));
        lock (gate)
        {
            all.Add(added);
            waiting.Add(added);
            if (DeliverTo is { } receiver)
                deliveries = DeliverNextAsync(deliveries, added, receiver);
        }
    }

    // One after another, as they happened. A receiver that cannot be reached has not taken it: it waits.
    private async Task DeliverNextAsync(Task before, StripeEvent next, Uri receiver)
    {
        await before;
        await Task.Yield();
        try
        {
            await DeliverAsync(next, receiver);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // It waits.
        }
    }
}
