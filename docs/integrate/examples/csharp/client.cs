#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false

// An e-service with one order: it sends the payer to PaySG, checks the status when the payer comes back, and takes webhooks.
// Set PAYSG_URL, PAYSG_SERVICE_ID, PAYSG_API_KEY and PAYSG_WEBHOOK_SECRET; if you like RETURN_URL (where payers come back to, as they see it) and PORT.
// It listens on this machine only: put a proxy with HTTPS in front of it.
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

static string Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}.");

var payments = $"{Setting("PAYSG_URL")}/v1/payment-services/{Setting("PAYSG_SERVICE_ID")}/payments";
var webhookSecret = Setting("PAYSG_WEBHOOK_SECRET");
using var paysg = new HttpClient { Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "x-api-key", Setting("PAYSG_API_KEY") } } };
var order = $"INV-{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}"; // yours are in a database,
string? paymentId = null;
var knownEvents = new ConcurrentDictionary<string, bool>(); // and so are these

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1024 * 1024);
var app = builder.Build();

// The key makes it one payment, however often the payer presses the button.
app.MapPost("/pay", async (HttpResponse response) =>
{
    var body = new { reference_id = order, payer_name = "Tan Ah Kow", description = "Licence fee", amount_in_cents = 1130, return_url = Environment.GetEnvironmentVariable("RETURN_URL") };
    using var request = new HttpRequestMessage(HttpMethod.Post, payments) { Headers = { { "Idempotency-Key", order } }, Content = JsonContent.Create(body) };
    using var answer = await paysg.SendAsync(request);
    var payment = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
    paymentId = $"{payment!["id"]}";
    Console.WriteLine($"{order}: to be paid at {payment["payment_url"]}");
    response.Headers.Location = $"{payment["payment_url"]}";
    return Results.StatusCode(StatusCodes.Status303SeeOther);
});

// Anybody can open this address, so trust nothing in it: read the order's own payment.
app.MapGet("/back", async () =>
{
    var status = paymentId is null ? "not begun" : $"{(await paysg.GetFromJsonAsync<JsonObject>($"{payments}/{paymentId}"))!["payment_status"]}";
    Console.WriteLine($"{order}: {status}, says the API");
    return $"{order} is {status}\n";
});

// The signature covers the bytes as they arrived. Store the event, answer, then work: the same one may arrive twice.
app.MapPost("/webhook", async (HttpRequest request) =>
{
    using var rawBody = new MemoryStream();
    await request.Body.CopyToAsync(rawBody);
    if (!PaySgSignature.IsValid(rawBody.ToArray(), $"{request.Headers["PaySG-Signature"]}", webhookSecret, DateTimeOffset.UtcNow))
        return Results.BadRequest();
    var told = JsonNode.Parse(rawBody.ToArray())!;
    if (knownEvents.TryAdd($"{told["id"]}", true) && $"{told["type"]}" == "payment.succeeded" && told["data"]!["object"] is { } payment)
    {
        request.HttpContext.Response.OnCompleted(() =>
            Console.Out.WriteLineAsync($"{payment["reference_id"]}: {payment["payment_status"]}, says webhook {told["id"]}"));
    }

    return Results.Ok();
});

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.First()}");
await app.WaitForShutdownAsync();

public static class PaySgSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsValid(byte[] rawBody, string header, string secret, DateTimeOffset now)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        var sent = parts.FirstOrDefault(part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || Math.Abs(now.ToUnixTimeMilliseconds() - milliseconds) > Tolerance.TotalMilliseconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{sent}."), .. rawBody];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return parts
            .Where(part => part.StartsWith("v1=", StringComparison.Ordinal))
            .Any(part => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[3..]), Encoding.UTF8.GetBytes(expected)));
    }
}
