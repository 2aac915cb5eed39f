using System.Text.Json;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Operations.Contract.Shapes;

public sealed class ContractShapeTests
{
    private const string File = "PaySg.Functions/Operations/Contract/shape.txt";
    private const string Accept = "PAYSG_ACCEPT_SHAPE";

    private static string SnapshotPath => Path.Combine(Document.Repository.Root, File);

    /// <summary>With <c>PAYSG_ACCEPT_SHAPE=1</c> compatible changes are written down, and breaking ones too where the document's version is another.</summary>
    [Fact]
    public void The_document_promises_what_the_snapshot_says()
    {
        var now = ContractShape.Of(OpenApiFile.Root);
        var old = ContractShape.Parse(System.IO.File.ReadAllText(SnapshotPath));
        var changes = ShapeChange.Between(old, now);
        var isAccepted = Environment.GetEnvironmentVariable(Accept) == "1" && (old.Lines[0]["is"] != now.Lines[0]["is"] || !changes.Any(change => change.IsBreaking));
        if (isAccepted)
            System.IO.File.WriteAllText(SnapshotPath, now.ToString());

        Assert.True(
            isAccepted || changes.Count == 0,
            $"""
            {OpenApiFile.Path} is not what {File} says:
            {string.Join('\n', changes)}
            Compatible changes: write them down with {Accept}=1 dotnet test --filter {nameof(ContractShapeTests)}, and commit {File}.
            Breaking ones: take them back; or give the document another info.version, tell clients, and do the same.
            """);
        Assert.True(isAccepted || now.ToString() == old.ToString(), $"The lines of {File} stand in another order than those of {OpenApiFile.Path}. Write them down with {Accept}=1.");
    }

    [Theory]
    [InlineData("/paths/~1health", "is gone")]
    [InlineData("/paths/~1v1~1payment-services~1{paymentServiceId}~1payments/post/parameters/1", "is gone")]
    [InlineData("/components/schemas/Payment/properties/payment_url", "is gone")]
    [InlineData("/components/schemas/NewPayment/properties/due_date", "is gone")]
    [InlineData("/components/schemas/Payment/required/0", "required was said and is not said")]
    [InlineData("/paths/~1v1~1payment-services~1{paymentServiceId}~1payments/post/responses/201", "is gone")]
    [InlineData("/components/headers/RequestId/required", "header:x-request-id was \"always\" and is \"sometimes\"")]
    [InlineData("/components/schemas/Payment/properties/payment_status/enum", "enum was \"")]
    [InlineData("/webhooks/payment.created", "is gone")]
    public void To_take_something_away_that_clients_use_is_breaking(string at, string what)
    {
        var changes = ChangesAfter(document => Remove(document, at));

        Assert.Contains(changes, change => change.IsBreaking && change.What.StartsWith(what, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/components/schemas/NewPayment/required", """["reference_id","payer_name","description","amount_in_cents","due_date"]""", "required was not said and is said")]
    [InlineData("/components/schemas/NewPayment/properties/description/maxLength", "499", "maxLength was \"500\" and is \"499\"")]
    [InlineData("/components/schemas/NewPayment/properties/payer_name/minLength", "2", "minLength was \"1\" and is \"2\"")]
    [InlineData("/components/schemas/NewPayment/properties/payer_address/type", "\"string\"", "type was \"string|null\" and is \"string\"")]
    [InlineData("/components/schemas/NewPayment/properties/description/pattern", "\"^[a-z]$\"", "pattern was not said")]
    [InlineData("/components/schemas/Payment/properties/amount_in_cents/type", """["integer","null"]""", "type was \"integer\" and is \"integer|null\"")]
    [InlineData("/components/schemas/Payment/properties/id/type", "\"integer\"", "type was \"string\" and is \"integer\"")]
    [InlineData("/components/schemas/Permission/enum", """["view","billing","refund"]""", "enum was \"")]
    [InlineData("/components/schemas/Payment/properties/amount_in_cents/format", "\"int32\"", "format was \"int64\" and is \"int32\"")]
    [InlineData("/components/schemas/Payment/properties/payment_status", """{"description":"","anyOf":[{"type":"string","enum":["unpaid","paid","cancelled"]},{"type":"string"}]}""", "enum was \"")]
    [InlineData("/paths/~1health/get/x-permission", "\"view\"", "permission was \"none\" and is \"view\"")]
    [InlineData("/paths/~1health/get/security", """[{"apiKey":[]}]""", "security was")]
    [InlineData("/paths/~1health/get/responses/200/content/application~1json/schema", """{"$ref":"#/components/schemas/Error"}""", "application/json was \"Health\" and is \"Error\"")]
    public void To_ask_for_more_or_to_answer_otherwise_is_breaking(string at, string json, string what)
    {
        var changes = ChangesAfter(document => Put(document, at, json));

        Assert.Contains(changes, change => change.IsBreaking && change.What.StartsWith(what, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/paths/~1status", """{"get":{"operationId":"Status","x-permission":"none","x-consistency":"static","x-idempotency":"read","security":[],"parameters":[{"name":"a","in":"query","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":""}},"x-error-codes":[]}}""")]
    [InlineData("/components/schemas/Payment/properties/colour", """{"type":"string"}""")]
    [InlineData("/components/schemas/NewPayment/properties/colour", """{"type":"string"}""")]
    [InlineData("/components/schemas/NewPayment/required", """["reference_id","payer_name","description"]""")]
    [InlineData("/components/schemas/NewPayment/properties/description/maxLength", "501")]
    [InlineData("/components/schemas/NewPayment/properties/payer_name/minLength", "0")]
    [InlineData("/components/schemas/NewPayment/properties/payer_name/type", """["string","null"]""")]
    [InlineData("/components/schemas/EventType/anyOf/0/enum", """["payment.created","payment.lost"]""")]
    [InlineData("/components/schemas/NewPayment/properties/amount_in_cents/format", "\"int64\"")]
    [InlineData("/paths/~1health/get/x-error-codes", """["rate_limit_exceeded"]""")]
    [InlineData("/paths/~1health/get/responses/200/headers/x-colour", """{"schema":{"type":"string"}}""")]
    public void To_offer_more_or_to_ask_for_less_is_not(string at, string json)
    {
        var changes = ChangesAfter(document => Put(document, at, json));

        Assert.NotEmpty(changes);
        Assert.DoesNotContain(changes, change => change.IsBreaking);
    }

    [Theory]
    [InlineData("/components/schemas/Payment/description", "\"Other words.\"")]
    [InlineData("/paths/~1health/get/summary", "\"Other words.\"")]
    public void Words_are_no_promise(string at, string json) => Assert.Empty(ChangesAfter(document => Put(document, at, json)));

    [Fact]
    public void What_is_printed_can_be_read_again()
    {
        var shape = ContractShape.Of(OpenApiFile.Root);

        Assert.Equal(shape.ToString(), ContractShape.Parse(shape.ToString()).ToString());
        Assert.Empty(ShapeChange.Between(shape, ContractShape.Parse(shape.ToString())));
    }

    private static IReadOnlyList<ShapeChange> ChangesAfter(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(OpenApiFile.Root.GetRawText())!;
        change(document);
        return ShapeChange.Between(ContractShape.Of(OpenApiFile.Root), ContractShape.Of(JsonSerializer.Deserialize<JsonElement>(document.ToJsonString())));
    }

    private static void Remove(JsonNode document, string at)
    {
        var (parent, name) = Find(document, at);
        if (parent is JsonArray array)
            array.RemoveAt(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture));
        else
            Assert.True(parent.AsObject().Remove(name));
    }

    private static void Put(JsonNode document, string at, string json)
    {
        var (parent, name) = Find(document, at);
        parent[name] = JsonNode.Parse(json);
    }

    private static (JsonNode Parent, string Name) Find(JsonNode document, string at)
    {
        var way = at.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        return (way.SkipLast(1).Aggregate(document, (node, part) => node is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!), way[^1]);
    }
}
