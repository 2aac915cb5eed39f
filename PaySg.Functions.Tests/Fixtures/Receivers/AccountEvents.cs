using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Events;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Makes events of accounts as the product does: the event and an outbox row in one transaction, then a nudge.</summary>
internal static class AccountEvents
{
    public const string Type = "payment-link-transaction";

    /// <summary>An event that happens now; its id.</summary>
    public static async Task<string> HappensAsync(this PaySgApp app, string accountId, bool isNudged = true, string name = "Siti Café")
    {
        var now = app.Services.GetRequiredService<TimeProvider>().NowInMilliseconds();
        var ids = app.Services.GetRequiredService<IdGenerator>();
        var body = BodyOf(name);
        var happened = new WebhookEvent(ids.NewEventId(now), Type, accountId, now, body);
        var outbox = new OutboxRow(accountId, now, OutboxKind.Event, happened.Id);
        var tables = app.Services.GetRequiredService<PaySgTables>();
        var group = new EntityGroup(ids.NewWriteId()).Insert(EventRows.Write(happened)).Insert(outbox.ToEntity());
        Assert.IsType<WriteResult.Committed>(await tables.OfOwner(accountId).SubmitAsync(group, CancellationToken.None));
        if (isNudged)
            await app.Services.GetRequiredService<OutboxNudge>().SendAsync(outbox);
        return happened.Id;
    }

    /// <summary>The example of the API's document, with another customer.</summary>
    private static byte[] BodyOf(string customer)
    {
        var documented = OpenApiFile.Root.GetProperty("webhooks").GetProperty(Type).GetProperty("post").GetProperty("requestBody");
        var body = JsonNode.Parse(documented.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText())!;
        body["data"]!["customer"]!["name"] = customer;
        return Encoding.UTF8.GetBytes(body.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
