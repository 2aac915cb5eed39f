using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What Stripe's API answers with by an id.</summary>
/// <param name="id">With the prefix of its kind.</param>
/// <param name="kind">Its <c>object</c> member, such as <c>payment_intent</c>.</param>
/// <param name="owner">Nobody else sees it.</param>
/// <param name="created">By the server's clock.</param>
internal abstract class StripeObject(string id, string kind, StripeOwner owner, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Kind { get; } = kind;

    public StripeOwner Owner { get; } = owner;

    public DateTimeOffset Created { get; } = created;

    /// <summary>As it is now, with ids where the API has ids unless they are expanded.</summary>
    public abstract JsonObject ToJson();

    protected static JsonObject Json(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var json = new JsonObject();
        foreach (var (name, value) in metadata)
            json[name] = value;
        return json;
    }

    protected static JsonArray? Json(IReadOnlyList<string>? texts) =>
        texts is null ? null : new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
