using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An event: what it says of its object is as it was then.</summary>
/// <param name="Text">The bytes that are sent, as text.</param>
/// <param name="About">The object's id.</param>
internal sealed record StripeEvent(string Id, string Type, StripeOwner Owner, string About, DateTimeOffset Created, string Text)
{
    public JsonObject ToJson() => JsonNode.Parse(Text)!.AsObject();
}
