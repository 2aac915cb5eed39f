using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Parameters in Stripe's form encoding: <c>a[b]=x</c> is a member of an object, <c>a[]=x</c> and <c>a[0]=x</c> are elements of an array.</summary>
internal static class StripeForm
{
    /// <summary>All values are strings. Metadata is an object, whatever its names.</summary>
    public static JsonObject Read(string encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        var root = new Branch();
        foreach (var pair in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var path = Decode(parts[0]).Replace("]", string.Empty, StringComparison.Ordinal).Split('[');
            var branch = root;
            foreach (var name in path[..^1])
                branch = branch.Into(name);
            branch.Put(path[^1], parts.Length == 2 ? Decode(parts[1]) : string.Empty);
        }

        return root.ToObject();
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private sealed class Branch
    {
        private readonly List<KeyValuePair<string, object>> members = [];

        public Branch Into(string name)
        {
            if (name.Length > 0 && members.Find(member => member.Key == name).Value is Branch known)
                return known;
            var branch = new Branch();
            members.Add(KeyValuePair.Create(name, (object)branch));
            return branch;
        }

        public void Put(string name, string value)
        {
            if (name.Length > 0)
                members.RemoveAll(member => member.Key == name);
            members.Add(KeyValuePair.Create(name, (object)value));
        }

        public JsonObject ToObject()
        {
            var json = new JsonObject();
            foreach (var (name, value) in members)
                json[name] = ToNode(value, canBeArray: name != "metadata");
            return json;
        }

        private static JsonNode ToNode(object value, bool canBeArray)
        {
            if (value is not Branch branch)
                return JsonValue.Create((string)value);
            return canBeArray && branch.members.TrueForAll(member => member.Key.All(char.IsAsciiDigit))
                ? new JsonArray([.. branch.members.Select(member => (JsonNode?)ToNode(member.Value, canBeArray: true))])
                : branch.ToObject();
        }
    }
}
