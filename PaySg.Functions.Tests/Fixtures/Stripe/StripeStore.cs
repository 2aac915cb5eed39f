using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>All objects of the server. Its users hold the server's lock.</summary>
internal sealed class StripeStore(TimeProvider time, string seed, StripeEvents events)
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private readonly Dictionary<string, StripeObject> objects = [];
    private readonly List<StripeObject> inOrder = [];
    private int ids;

    /// <summary>The call on whose behalf things change now; null while the outside world moves.</summary>
    public StripeCall? Call { get; set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public string NewId(string prefix, int length = 24)
    {
        var hash = SHA512.HashData(Encoding.UTF8.GetBytes($"{seed}/{++ids}"));
        return prefix + string.Concat(hash.Concat(SHA512.HashData(hash)).Take(length).Select(octet => Letters[octet % Letters.Length]));
    }

    public T Add<T>(T added)
        where T : StripeObject
    {
        objects.Add(added.Id, added);
        inOrder.Add(added);
        return added;
    }

    public IEnumerable<T> All<T>()
        where T : StripeObject => inOrder.OfType<T>();

    public T Get<T>(string id)
        where T : StripeObject => (T)objects[id];

    /// <summary>What the caller may see; to it, anything else is not there.</summary>
    public T Find<T>(StripeCall call, string kind, string id, string parameter)
        where T : StripeObject =>
        objects.GetValueOrDefault(id) is T found && found.Owner == call.Owner ? found : throw StripeRefusalException.NotFound(kind, id, parameter);

    public void Tell(string type, StripeObject about, JsonObject? before = null) =>
        events.Add(NewId("evt_1"), type, about.Owner, about.ToJson(), before, Call, Now);

    /// <summary>One page, newest first.</summary>
    public JsonObject Page<T>(StripeCall call, string kind, string url, Func<T, bool> which)
        where T : StripeObject
    {
        var limit = call.Integer("limit") ?? 10;
        if (limit is < 1 or > 100)
            throw StripeRefusalException.OfParameter("parameter_invalid_integer", "limit", "Invalid limit: it must be between 1 and 100.");
        var all = inOrder.OfType<T>().Where(found => found.Owner == call.Owner && which(found)).Reverse().ToList();
        if (call.Text("starting_after") is { } after)
            all = [.. all.Skip(all.IndexOf(Find<T>(call, kind, after, "starting_after")) + 1)];
        if (call.Text("ending_before") is { } before)
            all = [.. all.Take(all.IndexOf(Find<T>(call, kind, before, "ending_before"))).TakeLast((int)limit)];
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. all.Take((int)limit).Select(found => (JsonNode?)found.ToJson())]),
            ["has_more"] = all.Count > limit,
            ["url"] = url,
        };
    }

    /// <summary>Puts objects where their ids are, as <c>expand</c> asks.</summary>
    public void Expand(StripeCall call, JsonObject answer)
    {
        foreach (var path in call.Texts("expand") ?? [])
        {
            var names = path.Split('.');
            if (names.Length > 4)
                throw StripeRefusalException.OfParameter(code: null, "expand", "You cannot expand more than 4 levels of a property.");
            Expand(answer, names);
        }
    }

    private void Expand(JsonNode node, ReadOnlySpan<string> names)
    {
        if (node is JsonArray elements)
        {
            foreach (var element in elements)
                Expand(element!, names);
            return;
        }

        if (names.Length == 0)
            return;
        if (node is not JsonObject json || !json.ContainsKey(names[0]))
            throw StripeRefusalException.OfParameter(code: null, "expand", $"This property cannot be expanded ({names[0]}).");
        if (json[names[0]] is JsonValue value)
        {
            if (value.GetValueKind() != System.Text.Json.JsonValueKind.String || !objects.TryGetValue(value.GetValue<string>(), out var found))
                throw StripeRefusalException.OfParameter(code: null, "expand", $"This property cannot be expanded ({names[0]}).");
            json[names[0]] = found.ToJson();
        }

        if (json[names[0]] is { } next)
            Expand(next, names[1..]);
    }
}
