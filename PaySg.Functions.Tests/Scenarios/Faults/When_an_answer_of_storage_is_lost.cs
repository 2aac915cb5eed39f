using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Storage commits a write and its answer is lost: the client repeats it, and the repetition meets our own first try.</summary>
public sealed class When_an_answer_of_storage_is_lost
{
    [Theory]
    [InlineData(null)]
    [InlineData("a-key")]
    public async Task Should_create_one_payment(string? idempotencyKey)
    {
        await using var app = await PaySgApp.StartAsync();
        var lost = LoseOnce(app.HttpTraffic, request => request.Writes("paysgpayments"));

        var created = (await app.Client.CreatePaymentAsync(idempotencyKey: idempotencyKey)).Expect(HttpStatusCode.Created);

        Assert.Equal(1, lost());
        Assert.Equal(1, await CountAsync(app, tables => tables.Payments, "p:"));
        Assert.Equal(created.Body, (await app.Client.GetPaymentAsync(created["id"]!)).Body);
        Assert.False(created.Headers.ContainsKey("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Should_charge_once_and_pay_once_whichever_answer_is_lost()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        var id = await app.Client.CreatedPaymentAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lost = 0;

        // Every write of the payer's request loses its first answer: the intention, the gateway's own, the outcome.
        app.HttpTraffic.LosesAnswerOf = request =>
        {
            var loses = request.IsTransaction && seen.Add(request.Body);
            lost += loses ? 1 : 0;
            return loses;
        };

        var paid = (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("paid", paid["payment_status"]);
        Assert.True(lost >= 3, $"Only {lost} answers were lost.");
        Assert.Equal(1, await CountAsync(app, tables => tables.Payments, "a:"));
        Assert.Equal(1, await CountAsync(app, tables => tables.Sandbox, "charge"));
        Assert.Equal(2, await CountAsync(app, tables => tables.Payments, "e:"));
        Assert.Single((await receiver.WaitForAsync(1)).Select(webhook => webhook.EventId).Distinct());
    }

    [Fact]
    public async Task Should_count_one_attempt_of_a_delivery()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        var id = await app.Client.CreatedPaymentAsync();
        var lost = LoseOnce(app.BackgroundTraffic, request => request.Writes("paysgdeliveries") && request.Body.Contains("\"attempt_count\":1", StringComparison.Ordinal));

        await app.Client.PayAsync(id);
        await receiver.WaitForAsync(1);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(3001).Count == 1);

        Assert.Equal(1, lost());
        Assert.Single(receiver.All);
        var delivery = Assert.Single(await RowsAsync(app, tables => tables.Deliveries, endpoint, "v:"));
        Assert.Equal("Delivered", delivery.GetString("state"));
        Assert.Equal(1, delivery.GetInt32("attempt_count"));
        Assert.Empty(await RowsAsync(app, tables => tables.Deliveries, endpoint, "d:"));
    }

    private static Func<int> LoseOnce(StorageTraffic traffic, Func<StorageRequest, bool> matches)
    {
        var lost = 0;
        traffic.LosesAnswerOf = request => matches(request) && Interlocked.CompareExchange(ref lost, 1, 0) == 0;
        return () => lost;
    }

    private static async Task<int> CountAsync(PaySgApp app, Func<PaySgTables, TableClient> table, string prefix)
    {
        var partition = table(app.Services.GetRequiredService<PaySgTables>()).Name.EndsWith("sandbox", StringComparison.Ordinal) ? null : ApiClient.ServiceId;
        return (await RowsAsync(app, table, partition, prefix)).Count;
    }

    private static async Task<List<TableEntity>> RowsAsync(PaySgApp app, Func<PaySgTables, TableClient> table, string? partition, string prefix)
    {
        // Straight to storage: a test may scan, the product may not.
        var client = new TableServiceClient(app.Connection).GetTableClient(table(app.Services.GetRequiredService<PaySgTables>()).Name);
        var rows = new List<TableEntity>();
        await foreach (var row in client.QueryAsync<TableEntity>(filter: partition is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}")))
        {
            if (row.RowKey.StartsWith(prefix, StringComparison.Ordinal))
                rows.Add(row);
        }

        return rows;
    }
}
