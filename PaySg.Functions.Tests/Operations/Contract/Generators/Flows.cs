// Creates, pays, lists and refunds by the clients that Kiota and NSwag generate.
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

var url = Environment.GetEnvironmentVariable("PAYSG_URL")!;
var service = Environment.GetEnvironmentVariable("PAYSG_SERVICE_ID")!;
var key = Environment.GetEnvironmentVariable("PAYSG_API_KEY")!;
await KiotaAsync();
await NSwagAsync();

async Task KiotaAsync()
{
    // Kiota's own provider of API keys sends them by HTTPS alone, and this is a laptop.
    using var http = KiotaClientFactory.Create();
    http.DefaultRequestHeaders.Add("x-api-key", key);
    using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = url };
    var client = new KiotaPaySg.PaySgClient(adapter);
    var payments = client.V1.PaymentServices[service].Payments;

    var created = await payments.PostAsync(new() { ReferenceId = "KIOTA-1", PayerName = "Tan Ah Kow", Description = "Licence fee", AmountInCents = 1130 });
    var paid = await client.Sandbox.Payments[created!.Id].PostAsync(new() { Outcome = KiotaPaySg.Models.SimulatedPayment_outcome.Succeeded });
    var listed = await payments.GetAsync(request => request.QueryParameters.Limit = 1);
    var refunded = await payments[created.Id].Refund.PostAsync(new() { RefundAmountInCents = 130 });
    var events = await client.V1.PaymentServices[service].Events.GetAsync(request => request.QueryParameters.Limit = 3);

    if (events!.Data!.Any(each => each.Created < 1_600_000_000_000))
        throw new InvalidOperationException("A time of an event has lost its upper bits.");
    Print("Kiota", created.Id, created.PaymentStatus, paid!.PaymentStatus, listed!.Data![0].Id == created.Id, refunded!.LatestStatus, events.Data!.Select(each => each.Type!.String));
}

async Task NSwagAsync()
{
    using var http = new HttpClient { DefaultRequestHeaders = { { "x-api-key", key } } };
    var client = new NSwagPaySg.PaySgClient(http) { BaseUrl = url };

    var created = await client.CreatePaymentAsync(service, new() { Reference_id = "NSWAG-1", Payer_name = "Tan Ah Kow", Description = "Licence fee", Amount_in_cents = 1130 });
    var paid = await client.SimulatePaymentAsync(created.Id, new() { Outcome = NSwagPaySg.SimulatedPaymentOutcome.Succeeded });
    var listed = await client.ListPaymentsAsync(service, limit: 1);
    var refunded = await client.RefundPaymentAsync(service, created.Id, new() { Refund_amount_in_cents = 130 });
    var events = await client.ListEventsAsync(service, limit: 3);

    if (events.Data.Any(each => each.Created < 1_600_000_000_000))
        throw new InvalidOperationException("A time of an event has lost its upper bits.");
    Print("NSwag", created.Id, created.Payment_status, paid.Payment_status, listed.Data.First().Id == created.Id, refunded.Latest_status, events.Data.Select(each => each.Type));
}

static void Print(string generator, string? id, object? created, object? paid, bool isListed, object? refunded, IEnumerable<string?> types) =>
    Console.WriteLine(string.Join(' ', [generator, id, Word(created), Word(paid), isListed, Word(refunded), .. types]));

// Members of enumerations are spelled as each generator likes.
static string Word(object? state) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{state}".Replace("_", "", StringComparison.Ordinal));
