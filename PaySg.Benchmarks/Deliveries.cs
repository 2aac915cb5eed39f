using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PaySg.Benchmarks;

/// <summary>How long it takes from an event to its first delivery attempt, at a running LocalHost. Bounded: 200 payments, twice, and ten with silence between them.</summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private const int Payments = 200;
    private const int SilentPayments = 10;
    private const string Service = "/v1/payment-services/payment_service_00000000-0000-4000-8000-000000000001";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, double> milliseconds = new(StringComparer.Ordinal);
    private readonly HttpClient http;
    private readonly WebApplication receiver;

    private Deliveries(HttpClient http, WebApplication receiver)
    {
        this.http = http;
        this.receiver = receiver;
        receiver.Run(TakeAsync);
    }

    /// <summary>Registers a receiver at LocalHost.</summary>
    public static async Task<Deliveries> StartAsync(Uri localHost)
    {
        if (!localHost.IsLoopback)
            throw new ArgumentException("The address is not on this machine.", nameof(localHost));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var client = new HttpClient { BaseAddress = localHost };
        client.DefaultRequestHeaders.Add("x-api-key", "paysg_stag_demo");
        var deliveries = new Deliveries(client, application);
        await application.StartAsync();
        var url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var registered = await client.PostAsJsonAsync(Service + "/webhook-endpoints", new { webhook_url = url });
        registered.EnsureSuccessStatusCode();
        return deliveries;
    }

    /// <summary>Ten payments a second.</summary>
    public async Task<IReadOnlyList<double>> PacedAsync()
    {
        using var timer = new PeriodicTimer(Pace);
        var paying = new List<Task>();
        for (var i = 0; i < Payments; i++)
        {
            await timer.WaitForNextTickAsync();
            paying.Add(PayAsync());
        }

        await Task.WhenAll(paying);
        return await ResultAsync(Payments);
    }

    /// <summary>One at a time, and nothing happens for ten seconds before each: idle queues are polled more and more rarely.</summary>
    public async Task<IReadOnlyList<double>> SilentAsync()
    {
        for (var i = 0; i < SilentPayments; i++)
        {
            await Task.Delay(Silence, TimeProvider.System, CancellationToken.None);
            await PayAsync();
        }

        return await ResultAsync(SilentPayments);
    }

    /// <summary>All at once, 16 in flight.</summary>
    public async Task<IReadOnlyList<double>> BurstAsync()
    {
        await Parallel.ForAsync(0, Payments, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => await PayAsync());
        return await ResultAsync(Payments);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
    }

    private async Task PayAsync()
    {
        using var created = await http.PostAsJsonAsync(
            Service + "/payments", new { reference_id = "benchmark", payer_name = "Tan Ah Kow", description = "Licence fee", amount_in_cents = 1130 });
        var id = (await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var paid = await http.PostAsJsonAsync($"/sandbox/payments/{id}", new { outcome = "succeeded" });
        paid.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<double>> ResultAsync(int expected)
    {
        for (var waited = 0; milliseconds.Count < expected && waited < 600; waited++)
            await Task.Delay(Pace, TimeProvider.System, CancellationToken.None);

        var sorted = milliseconds.Values.Order().ToList();
        milliseconds.Clear();
        return sorted.Count == expected ? sorted : throw new InvalidOperationException($"{sorted.Count} of {expected} webhooks came.");
    }

    private async Task TakeAsync(HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var received = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        milliseconds.TryAdd(received.GetProperty("id").GetString()!, now - received.GetProperty("created").GetInt64());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Prints what was measured.</summary>
    public static string Row(string name, IReadOnlyList<double> sorted) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {sorted[sorted.Count / 2]:F0} ms | {sorted[(int)(sorted.Count * 0.95)]:F0} ms | {sorted[^1]:F0} ms |");
}
