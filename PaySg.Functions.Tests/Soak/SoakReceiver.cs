using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Events;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Soak;

/// <summary>Takes webhooks by the hundred thousand, and fails now and then; it remembers of an event only what has to be checked.</summary>
internal sealed class SoakReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Chance chance;
    private readonly ConcurrentDictionary<string, ReceivedEvent> events = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> created = new(StringComparer.Ordinal);
    private int requests;
    private int failures;
    private int repetitions;

    private SoakReceiver(WebApplication web, Chance chance)
    {
        this.web = web;
        this.chance = chance;
    }

    /// <summary>Whether the second try of an event may fail too; the third is five minutes later.</summary>
    public bool FailsTwice { get; set; } = true;

    public int Requests => requests;

    public int Failures => failures;

    /// <summary>Deliveries of what had been acknowledged.</summary>
    public int Repetitions => repetitions;

    public Uri Url => new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook");

    public static async Task<SoakReceiver> StartAsync(Chance chance)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var receiver = new SoakReceiver(application, chance);
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>Whether an event was acknowledged, always with the same bytes.</summary>
    public bool IsAcknowledged(string eventId) => events.TryGetValue(eventId, out var received) && received.IsAcknowledged;

    /// <summary>The bytes of an event as they came, by their hash; null if they did not.</summary>
    public byte[]? HashOf(string eventId) => events.GetValueOrDefault(eventId)?.Hash;

    /// <summary>Whether the first event of a payment has come; asked until it is true.</summary>
    public bool HasComeOf(string paymentId) => created.TryRemove(paymentId, out _);

    public void Forget(string eventId) => events.TryRemove(eventId, out _);

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Interlocked.Increment(ref requests);
        var bytes = body.ToArray();
        using var json = JsonDocument.Parse(bytes);
        if (json.RootElement.TryGetProperty("type", out var type) && type.ValueEquals(EventTypes.PaymentCreated))
            created[json.RootElement.GetProperty("data").GetProperty("object").GetProperty("id").GetString()!] = true;
        var received = events.GetOrAdd(IdOf(json.RootElement, context), static _ => new ReceivedEvent());
        context.Response.StatusCode = Take(received, SHA256.HashData(bytes)) ? StatusCodes.Status204NoContent : StatusCodes.Status500InternalServerError;
    }

    private bool Take(ReceivedEvent received, byte[] hash)
    {
        lock (received)
        {
            received.Hash ??= hash;
            if (!received.Hash.AsSpan().SequenceEqual(hash))
                received.Hash = [];
            received.Tries++;
            if (received.IsAcknowledged)
                Interlocked.Increment(ref repetitions);
            else if ((received.Tries == 1 && chance.Is(4)) || (received.Tries == 2 && FailsTwice && chance.Is(4)))
            {
                Interlocked.Increment(ref failures);
                return false;
            }

            return received.IsAcknowledged = true;
        }
    }

    /// <summary>PaySG's events name themselves; Singapay's are known by the attempt that they tell of.</summary>
    private static string IdOf(JsonElement body, HttpContext context) =>
        context.Request.Headers.ContainsKey("PaySG-Signature")
            ? body.GetProperty("id").GetString()!
            : body.GetProperty("data").GetProperty("transaction").GetProperty("reff_no").GetString()!;

    private sealed class ReceivedEvent
    {
        public byte[]? Hash { get; set; }

        public int Tries { get; set; }

        public bool IsAcknowledged { get; set; }
    }
}
