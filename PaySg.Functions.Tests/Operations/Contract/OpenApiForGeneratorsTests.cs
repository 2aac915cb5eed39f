using System.Text.Json;
using System.Text.Json.Nodes;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>What generators of clients make of the API's document: each rule was broken once, and a generated client failed on a good answer.</summary>
public sealed class OpenApiForGeneratorsTests
{
    /// <summary>A closed choice that is answered: the states of a thing. Another state would change what clients do, so it is a breaking change.</summary>
    private static readonly string[] States =
        ["status", "status_computed", "payment_status", "refund_status", "latest_status", "email_delivery_status"];

    private static readonly JsonElement Schemas = OpenApiFile.Root.GetProperty("components").GetProperty("schemas");

    [Fact]
    public void A_number_that_32_bits_may_not_hold_says_that_it_has_64()
    {
        var integers = Nodes(OpenApiFile.Root, "#").Where(node => Types(node.Schema).Contains("integer")).ToList();

        Assert.True(integers.Count > 30);
        Assert.All(integers, node =>
        {
            var isSmall = node.Schema.TryGetProperty("maximum", out var maximum) && maximum.GetInt64() <= int.MaxValue;
            var saysSo = node.Schema.TryGetProperty("format", out var format) && format.GetString() == "int64";
            Assert.True(isSmall != saysSo, $"{node.Place}: an integer has a maximum that 32 bits hold, or the format int64, and not both.");
        });
    }

    [Fact]
    public void A_choice_that_is_answered_is_open_but_for_states() =>
        Assert.All(AnsweredSchemas().SelectMany(name => Nodes(Schemas.GetProperty(name), $"#/{name}")), node =>
        {
            if (node.Schema.TryGetProperty("enum", out _) && !node.Place.EndsWith("/anyOf/0", StringComparison.Ordinal))
                Assert.Contains(node.Place.Split('/')[^1], States);
        });

    [Fact]
    public void An_open_choice_is_a_list_of_texts_and_any_text_and_says_that_it_grows()
    {
        var open = Nodes(OpenApiFile.Root, "#").Where(node => node.Schema.TryGetProperty("anyOf", out var parts) && parts[0].TryGetProperty("enum", out _)).ToList();

        Assert.True(open.Count >= 7);
        Assert.All(open, node =>
        {
            var parts = node.Schema.GetProperty("anyOf").EnumerateArray().ToList();
            Assert.Equal(2, parts.Count);
            Assert.Equal("string", parts[0].GetProperty("type").GetString());
            Assert.NotEmpty(parts[0].GetProperty("enum").Texts());
            Assert.Equal("string", Types(parts[1])[0]);
            // Said twice: where the type stands in the parts alone, NSwag makes a class without members of it, which reads no text.
            Assert.Equal(Types(parts[1]), Types(node.Schema));
            Assert.False(parts[1].TryGetProperty("enum", out _));
            Assert.Contains(" grow", node.Schema.GetProperty("description").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Each_parameter_of_a_path_has_an_example_that_its_schema_takes()
    {
        var parameters =
            from operation in OpenApiFile.Operations
            where operation.Json.TryGetProperty("parameters", out _)
            from parameter in operation.Json.GetProperty("parameters").EnumerateArray().Select(OpenApiFile.Follow)
            where parameter.GetProperty("in").GetString() == "path"
            select (operation.Id, Parameter: parameter);

        Assert.All(parameters, each =>
        {
            Assert.True(each.Parameter.TryGetProperty("example", out var example), $"{each.Id}: {each.Parameter.GetProperty("name")} has no example.");
            if (each.Parameter.GetProperty("schema").TryGetProperty("pattern", out var pattern))
                Assert.Matches(pattern.GetString()!, example.ToString());
        });
    }

    [Fact]
    public void The_ids_of_owners_are_those_of_the_demo()
    {
        var settings = LocalSettings.Parse(Docs.Document.Repository.Read("local.settings.json")).Values;

        Assert.Equal(
            (settings["PaySg__Demo__PaymentServiceId"], settings["PaySg__Demo__AccountId"], settings["PaySg__Demo__ClientId"]),
            (ExampleOf("PaymentServiceId"), ExampleOf("AccountId"), ExampleOf("ClientId")));
    }

    private static string ExampleOf(string parameter) => OpenApiFile.Component("parameters", parameter).GetProperty("example").GetString()!;

    private static HashSet<string> AnsweredSchemas()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in OpenApiFile.Operations)
            Reach(operation.Json.GetProperty("responses"), reached);
        foreach (var webhook in OpenApiFile.Root.GetProperty("webhooks").EnumerateObject())
            Reach(webhook.Value.GetProperty("post").GetProperty("requestBody"), reached);
        return reached;
    }

    private static void Reach(JsonElement node, HashSet<string> reached)
    {
        foreach (var reference in JsonNode.Parse(node.GetRawText())!.References())
        {
            if (reference[^2] != "schemas" || reached.Add(reference[^1]))
                Reach(reference.Skip(1).Aggregate(OpenApiFile.Root, (at, part) => at.GetProperty(part)), reached);
        }
    }

    /// <summary>Each object of the document that could be a schema; examples are none.</summary>
    private static IEnumerable<(string Place, JsonElement Schema)> Nodes(JsonElement node, string place)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().SelectMany((entry, index) => Nodes(entry, $"{place}/{index}"));
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        return node.EnumerateObject()
            .Where(member => member.Name is not ("example" or "examples" or "default"))
            .SelectMany(member => Nodes(member.Value, $"{place}/{member.Name}"))
            .Prepend((place, node));
    }

    private static IReadOnlyList<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.Texts()
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [];
}
