using System.Text.Json;
using System.Text.Json.Nodes;

namespace PaySg.LocalHost.Functions;

/// <summary>Reads what the worker says of its functions.</summary>
internal static class FunctionMetadata
{
    /// <summary>The function of a trigger binding, such as <c>{"name":"request","type":"httpTrigger","methods":["get"],"route":"health"}</c>; null, and a problem, where LocalHost cannot run it.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="bindings">Its bindings, in JSON.</param>
    /// <param name="problems">Where problems go.</param>
    public static AppFunction? Read(string name, IEnumerable<string> bindings, List<string> problems)
    {
        var options = new JsonNodeOptions { PropertyNameCaseInsensitive = true };
        var trigger = bindings.Select(binding => JsonNode.Parse(binding, options)!.AsObject())
            .FirstOrDefault(binding => Text(binding, "type")?.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) is true);
        var parameter = trigger is null ? "" : Text(trigger, "name") ?? "";
        var type = trigger is null ? null : Text(trigger, "type");
        switch (type?.ToUpperInvariant())
        {
            case "HTTPTRIGGER":
                if (!string.Equals(Text(trigger!, "authLevel"), "Anonymous", StringComparison.OrdinalIgnoreCase))
                    problems.Add($"Function {name}: the level must be Anonymous, not {Text(trigger!, "authLevel") ?? "left out (which is Function)"}: LocalHost has no function keys.");
                return new HttpFunction(name, parameter, Text(trigger!, "route") is { Length: > 0 } route ? route : name, (trigger!["methods"] as JsonArray)?.Select(method => method!.ToString()).ToArray());
            case "QUEUETRIGGER":
                return new QueueFunction(name, parameter, Text(trigger!, "queueName") ?? "", Text(trigger!, "connection"));
            case "TIMERTRIGGER":
                return new TimerFunction(name, parameter, Text(trigger!, "schedule") ?? "", UseMonitor: !IsFalse(trigger!, "useMonitor"), RunOnStartup: IsTrue(trigger!, "runOnStartup"));
            default:
                problems.Add($"Function {name}: LocalHost does not know the trigger {type ?? "(none)"}.");
                return null;
        }
    }

    private static string? Text(JsonObject binding, string key) => binding[key] is JsonValue value ? value.ToString() : null;

    private static bool IsTrue(JsonObject binding, string key) => binding[key]?.GetValueKind() == JsonValueKind.True;

    private static bool IsFalse(JsonObject binding, string key) => binding[key]?.GetValueKind() == JsonValueKind.False;
}
