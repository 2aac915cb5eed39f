using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Payments;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Storage;

namespace PaySg.LocalHost.Demo;

/// <summary>
/// A payment that waits to be paid, of a payment service of its own: the demo's one stays as empty as it was. Its id is kept in storage, so the next start finds it
/// again and makes no second one; only where it was paid meanwhile there is a new one.
/// </summary>
internal sealed class DemoPayment(PaySgTables tables, PaymentServiceStore services, ApiKeys keys, CreatePayment create, PaymentStore payments)
{
    /// <summary>The payment service that it belongs to.</summary>
    public const string ServiceId = "payment_service_00000000-0000-4000-8000-0000000000ff";

    private const string Partition = "localhost";
    private const string Row = "demo_payment";
    private const string Id = "payment_id";

    /// <summary>The payment of the last start; null: there is none.</summary>
    public async Task<string?> FindIdAsync(CancellationToken cancellationToken)
    {
        var row = await tables.Access.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString(Id) : null;
    }

    /// <summary>Finds or creates it, as a client would; its id.</summary>
    public async Task<string> PrepareAsync(CancellationToken cancellationToken)
    {
        if (await FindIdAsync(cancellationToken) is { } known && await IsUnpaidAsync(known, cancellationToken))
            return known;
        var service = await services.FindAsync(ServiceId, cancellationToken);
        if (service is null)
        {
            service = await services.PrepareAsync("Demo agency: a payment to pay", ServiceId, cancellationToken);
            await services.SaveAsync(service, cancellationToken);
        }

        var body = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("reference_id", "DEMO-0001");
            json.WriteString("payer_name", "Tan Ah Kow");
            json.WriteString("description", "Licence fee (demo)");
            json.WriteNumber("amount_in_cents", 1130);
            json.WriteEndObject();
        });

        // Nobody gets to know the key, so it is not stored either.
        var call = new ApiCall(new DefaultHttpContext().Request, "req_demo").Part("/", body, idempotencyKey: null);
        var created = await create.RunAsync(call, keys.Prepare(service, "LocalHost", Permission.Billing));
        var id = JsonElement.Parse(created.Body.Span).GetProperty("id").GetString()!;
        await tables.Access.PutAsync(new TableEntity(Partition, Row) { [Id] = id }, cancellationToken);
        return id;
    }

    private async Task<bool> IsUnpaidAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await payments.GetAsync(ServiceId, id, cancellationToken)).Payment.Status == PaymentStatus.Unpaid;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
