using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>
/// The calls of this run by their <c>x-request-id</c>. Pages and Singapay's answers show no error code, but the log does: together they tell which
/// operation was refused with which code.
/// </summary>
internal static class SeenCalls
{
    private static readonly ConcurrentDictionary<string, OpenApiOperation> Operations = new(StringComparer.Ordinal);
    private static readonly IReadOnlyList<string> UnknownPathCodes = OpenApiFile.UnknownPaths.GetProperty("x-error-codes").Texts();
    private static readonly ConcurrentDictionary<string, bool> Errors = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string OperationId, string Code), bool> Refusals = new();

    /// <summary>Notes what a call was.</summary>
    public static void Note(string requestId, OpenApiOperation operation) => Operations[requestId] = operation;

    /// <summary>Notes an answer of an error: its body without the request's id.</summary>
    public static void NoteError(string json) => Errors[WithoutId(json)] = true;

    /// <summary>Whether an error was answered in this run, of whatever id.</summary>
    public static bool WasAnswered(string json) => Errors.ContainsKey(WithoutId(json));

    /// <summary>Notes what an operation was refused with.</summary>
    public static void NoteRefusal(string operationId, string code) => Refusals[(operationId, code)] = true;

    /// <summary>The error code that a call was refused with; null: it was not.</summary>
    public static string? CodeOf(LogLines log, string requestId) =>
        log.All.Select(Refusal).FirstOrDefault(refusal => refusal?.RequestId == requestId)?.Code;

    /// <summary>Whether an operation was refused with a code in this run. What only the log tells is known when the product has been stopped.</summary>
    public static bool WasRefused(OpenApiOperation operation, string code) => Refusals.ContainsKey((operation.Id, code));

    /// <summary>Takes note of what was refused, and tells what was refused with a code that the document does not name.</summary>
    public static IReadOnlyList<string> NoteRefusals(LogLines log)
    {
        List<string> undocumented = [];
        foreach (var (requestId, code) in log.All.Select(Refusal).OfType<(string, string)>())
        {
            // A route may take less than its template shows: then the path is unknown after all.
            if (!Operations.TryGetValue(requestId, out var operation) || (!operation.ErrorCodes.Contains(code) && UnknownPathCodes.Contains(code)))
                continue;
            NoteRefusal(operation.Id, code);
            if (!operation.ErrorCodes.Contains(code))
                undocumented.Add($"{operation.Id} was refused with {code}, which the API's document does not name");
        }

        return undocumented;
    }

    private static string WithoutId(string json)
    {
        var body = JsonNode.Parse(json)!;
        (body["error"]?["data"] as JsonObject)?.Remove("request_id");
        return body.ToJsonString();
    }

    private static (string RequestId, string Code)? Refusal(LogLine line) => line.EventId switch
    {
        1001 => (line.Properties["RequestId"], "internal_error"),
        1002 or 1006 => (line.Properties["RequestId"], "storage_unavailable"),
        1003 => (line.Properties["RequestId"], "resource_busy"),
        1008 => (line.Properties["RequestId"], line.Properties["Code"]),
        _ => null,
    };
}
