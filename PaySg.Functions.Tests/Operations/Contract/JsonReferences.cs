using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>Finds references.</summary>
internal static class JsonReferences
{
    /// <summary>The parts of the way that each <c>$ref</c> below a node names.</summary>
    public static IEnumerable<string[]> References(this JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>().Split('/')] : member.Value.References()),
        JsonArray entries => entries.SelectMany(entry => entry.References()),
        _ => [],
    };
}
