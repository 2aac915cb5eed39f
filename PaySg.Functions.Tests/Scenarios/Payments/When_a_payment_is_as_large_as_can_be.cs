using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_is_as_large_as_can_be
{
    [Fact]
    public async Task Should_store_read_and_deliver_it_unchanged()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync();
        await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        var body = Largest();

        var created = (await app.Client.PostAsync(ApiClient.PaymentsPath, body, idempotencyKey: "large")).Expect(HttpStatusCode.Created);

        Assert.Equal(Text(255), created["payer_address"]);
        Assert.Equal(JsonNode.Parse(body)!["line_items"]!.AsArray().Count, created.Json.GetProperty("line_items").GetArrayLength());
        Assert.Equal(created.Body, (await app.Client.GetPaymentAsync(created["id"]!)).Body);
        Assert.Equal(created.Body, (await app.Client.PostAsync(ApiClient.PaymentsPath, body, idempotencyKey: "large")).Body);
        var webhook = Assert.Single(await receiver.WaitForAsync(1));
        Assert.Equal(created.Body, webhook.Json.GetProperty("data").GetProperty("object").GetRawText());
        Assert.InRange(webhook.Body.Length, 32 * 1024, 128 * 1024);
        Assert.InRange(app.HttpTraffic.Rows.Largest, webhook.Body.Length, RowLedger.LargestRow / 4);
    }

    private static string Text(int length) => new('鑫', length);

    /// <summary>Every field at its limit in three-byte text, and line items up to the largest body that is taken.</summary>
    private static string Largest()
    {
        var metadata = new JsonObject();
        for (var i = 0; i < 10; i++)
            metadata[Text(39) + i] = Text(255);
        var body = A.Payment().With("reference_id", Text(255)).With("payer_name", Text(255)).With("payer_address", Text(255))
            .With("payer_identifier", Text(20)).With("payer_email", new string('a', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 61), 3)) + ".org").With("description", Text(500))
            .With("due_date", "31-DEC-2026").With("return_url", "https://eservice.example.gov.sg/" + new string('a', 2016)).With("metadata", metadata);
        const string Item = """{"description":"D","amount_in_cents":1,"quantity":1}""";
        var item = Item.Replace("D", Text(255), StringComparison.Ordinal);
        var head = Unescaped(body.ToString())[..^1] + ",\"line_items\":[";
        var count = ((64 * 1024) - Encoding.UTF8.GetByteCount(head) - 2) / (Encoding.UTF8.GetByteCount(item) + 1);
        return head + string.Join(',', Enumerable.Repeat(item, count)) + "]}";
    }

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Unescape(json);
}
