using System.Text.Json;

namespace PaySg.Functions.Tests.Operations.Contract.Shapes;

/// <summary>
/// What the API's document promises, without its words and examples: a line for each operation, parameter, body, answer, error list, webhook, schema and
/// member. Two of them tell what has changed for clients.
/// </summary>
internal sealed class ContractShape
{
    /// <summary>Words for people, and what is said by lines of its own.</summary>
    private static readonly HashSet<string> Unsaid = ["description", "examples", "example", "properties", "required", "items", "additionalProperties", "allOf", "title"];

    private readonly List<ShapeLine> lines = [];

    private ContractShape()
    {
    }

    /// <summary>The lines, in the document's order.</summary>
    public IReadOnlyList<ShapeLine> Lines => lines;

    public static ContractShape Parse(string text)
    {
        var shape = new ContractShape();
        shape.lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ShapeLine.Parse));
        return shape;
    }

    public static ContractShape Of(JsonElement document)
    {
        var shape = new ContractShape();
        shape.Add("version", ("is", document.GetProperty("info").GetProperty("version").GetString()!));
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
                shape.AddOperation(document, $"{method.Name.ToUpperInvariant()} {path.Name}", method.Value);
        }

        foreach (var webhook in document.GetProperty("webhooks").EnumerateObject())
            shape.Add($"webhook {webhook.Name}", [.. Content(webhook.Value.GetProperty("post").GetProperty("requestBody"))]);
        shape.AddSchemas(document);
        return shape;
    }

    public override string ToString() => string.Concat(lines.Select(line => $"{line}\n"));

    private void AddOperation(JsonElement document, string route, JsonElement operation)
    {
        var id = operation.GetProperty("operationId").GetString()!;
        var security = operation.TryGetProperty("security", out var own) ? own : document.GetProperty("security");
        Add(
            $"operation {id}",
            ("route", route),
            ("permission", operation.GetProperty("x-permission").GetString()!),
            ("security", string.Join('|', security.EnumerateArray().SelectMany(all => all.EnumerateObject().Select(scheme => scheme.Name)))),
            ("consistency", operation.GetProperty("x-consistency").GetString()!),
            ("idempotency", operation.GetProperty("x-idempotency").GetString()!));
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray().Select(each => OpenApiFile.Follow(document, each)))
            {
                var place = $"parameter {id} {parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}";
                var isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean();
                Add(place, [.. Said(parameter.GetProperty("schema"), isRequired)]);
            }
        }

        if (operation.TryGetProperty("requestBody", out var body))
            Add($"request {id}", [.. body.TryGetProperty("required", out var isNeeded) && isNeeded.GetBoolean() ? [("required", "")] : Array.Empty<(string, string)>(), .. Content(body)]);
        foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] is '2' or '3'))
        {
            var said = OpenApiFile.Follow(document, answer.Value);
            var headers = said.TryGetProperty("headers", out var all)
                ? all.EnumerateObject().Select(header =>
                    ($"header:{header.Name}", OpenApiFile.Follow(document, header.Value).TryGetProperty("required", out var required) && required.GetBoolean() ? "always" : "sometimes"))
                : [];
            Add($"answer {id} {answer.Name}", [.. Content(said), .. headers]);
        }

        Add($"errors {id}", ("codes", string.Join('|', operation.GetProperty("x-error-codes").Texts())));
    }

    /// <summary>The schema of each media type.</summary>
    private static IEnumerable<(string Term, string Value)> Content(JsonElement body) =>
        body.TryGetProperty("content", out var content)
            ? content.EnumerateObject().Select(media => (media.Name, TypeOf(media.Value.GetProperty("schema"))))
            : [];

    private void AddSchemas(JsonElement document)
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(method => method.Value))
        {
            foreach (var part in operation.EnumerateObject())
                Reach(document, part.Value, part.Name == "responses" ? answered : sent);
        }

        Reach(document, document.GetProperty("webhooks"), answered);
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            string[] sides = [.. sent.Contains(schema.Name) ? ["sent"] : Array.Empty<string>(), .. answered.Contains(schema.Name) ? ["answered"] : Array.Empty<string>()];
            var parts = schema.Value.TryGetProperty("allOf", out var all) ? all.EnumerateArray().Where(part => part.TryGetProperty("$ref", out _)).Select(TypeOf) : [];
            Add(
                $"schema {schema.Name}",
                [.. sides.Select(side => (side, "")), .. parts.Select(part => ($"with:{part}", "")), .. Said(schema.Value, isRequired: false)]);
            AddMembers(schema.Name, schema.Value);
        }
    }

    private void AddMembers(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            foreach (var part in all.EnumerateArray().Where(part => !part.TryGetProperty("$ref", out _)))
                AddMembers(name, part);
        }

        var required = schema.TryGetProperty("required", out var names) ? names.Texts() : [];
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
                AddMember($"{name}.{property.Name}", property.Value, required.Contains(property.Name));
        }

        if (schema.TryGetProperty("items", out var items))
            AddMember($"{name}[]", items, isRequired: true);
        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
            AddMember($"{name}.*", others, isRequired: false);
    }

    private void AddMember(string name, JsonElement schema, bool isRequired)
    {
        Add($"member {name}", [.. Said(schema, isRequired)]);
        AddMembers(name, schema);
    }

    private static IEnumerable<(string Term, string Value)> Said(JsonElement schema, bool isRequired)
    {
        if (isRequired)
            yield return ("required", "");
        if (TypeOf(schema) is { Length: > 0 } type)
            yield return ("type", type);
        var isOpen = IsOpenChoice(schema, out var known, out _);
        if (isOpen)
            yield return ("known", string.Join('|', known.Texts()));
        foreach (var keyword in schema.EnumerateObject()
            .Where(keyword => !Unsaid.Contains(keyword.Name) && keyword.Name is not ("$ref" or "type" or "oneOf") && !(isOpen && keyword.Name == "anyOf")))
        {
            yield return (keyword.Name, keyword.Name == "enum"
                ? string.Join('|', keyword.Value.EnumerateArray().Select(value => value.ToString() is { Length: > 0 } text ? text : "null"))
                : keyword.Value.ValueKind == JsonValueKind.String ? keyword.Value.GetString()! : JsonSerializer.Serialize(keyword.Value));
        }
    }

    /// <summary>The types that a value may have; a schema of the components is a type.</summary>
    private static string TypeOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var target) ? target.GetString()!.Split('/')[^1]
        : schema.TryGetProperty("oneOf", out var any) ? string.Join('|', any.EnumerateArray().Select(TypeOf))
        : IsOpenChoice(schema, out _, out var all) ? TypeOf(all)
        : !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind == JsonValueKind.Array ? string.Join('|', type.Texts())
        : type.GetString()!;

    /// <summary>Whether it is any of a list, or anything else of a type.</summary>
    private static bool IsOpenChoice(JsonElement schema, out JsonElement known, out JsonElement all)
    {
        known = all = default;
        if (!schema.TryGetProperty("anyOf", out var parts) || !parts[0].TryGetProperty("enum", out known))
            return false;
        all = parts.EnumerateArray().Last();
        return true;
    }

    private static void Reach(JsonElement document, JsonElement node, HashSet<string> reached)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in node.EnumerateArray())
                Reach(document, entry, reached);
        }

        if (node.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name is not "$ref")
            {
                Reach(document, member.Value, reached);
                continue;
            }

            var way = member.Value.GetString()!.Split('/');
            if (way[^2] != "schemas" || reached.Add(way[^1]))
                Reach(document, OpenApiFile.Follow(document, node), reached);
        }
    }

    private void Add(string place, params (string Term, string Value)[] terms) =>
        lines.Add(new ShapeLine(place, terms.ToDictionary(term => term.Term, term => term.Value, StringComparer.Ordinal)));
}
