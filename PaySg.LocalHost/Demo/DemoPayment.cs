using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using PaySg.Functions.Storage;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// A payment of the demo's payment service that waits to be paid. Its id is kept in storage, so the next start finds it again and makes no second one; only where
/// it was paid or cancelled meanwhile there is a new one.
/// </summary>
internal sealed class DemoPayment(PaySgTables tables)
{
    private const string Partition = "localhost";
    private const string Row = "demo_payment";
    private const string Id = "payment_id";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The payment of the last start; null: there is none.</summary>
    public async Task<string?> FindIdAsync(CancellationToken cancellationToken)
    {
        var row = await tables.Access.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString(Id) : null;
    }

    /// <summary>Finds or creates it, by the API as any client does; null: the API did not let the demo's key do that.</summary>
    public async Task<string?> PrepareAsync(DemoOwners demo, Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Limit, DefaultRequestHeaders = { { "x-api-key", demo.ApiKey } } };
        var payments = $"/v1/payment-services/{demo.PaymentServiceId}/payments";
        try
        {
            if (await FindIdAsync(cancellationToken) is { } known && await IsUnpaidAsync(http, $"{payments}/{known}", cancellationToken))
                return known;
            using var created = await http.PostAsJsonAsync(
                payments,
                new { reference_id = "DEMO-0001", payer_name = "Tan Ah Kow", description = "Licence fee (demo)", amount_in_cents = 1130 },
                cancellationToken);
            if (!created.IsSuccessStatusCode)
                return null;
            var id = (await created.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
            await tables.Access.UpsertEntityAsync(new TableEntity(Partition, Row) { [Id] = id }, TableUpdateMode.Replace, cancellationToken);
            return id;
        }
        catch (Exception fault) when (fault is HttpRequestException or RequestFailedException or JsonException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // It is there for convenience; what does not work will show where it is needed.
            return null;
        }
    }

    private static async Task<bool> IsUnpaidAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("payment_status").GetString() == "unpaid";
    }
}
