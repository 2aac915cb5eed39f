using System.Collections.Concurrent;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Contract;

/// <summary>
/// The calls of this run by their <c>x-request-id</c>. Pages and Singapay's answers show no error code, but the log does: together they tell which
/// operation was refused with which code.
/// </summary>
internal static class SeenCalls
{
    private static readonly ConcurrentDictionary<string, OpenApiOperation> Operations = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string OperationId, string Code), bool> Refusals = new();

    /// <summary>Notes what a call was.</summary>
    public static void Note(string requestId, OpenApiOperation operation) => Operations[requestId] = operation;

    /// <summary>The error code that a call was refused with; null: it was not.</summary>
    public static string? CodeOf(LogLines log, string requestId) =>
        log.All.Select(Refusal).FirstOrDefault(refusal => refusal?.RequestId == requestId)?.Code;

    /// <summary>Whether an operation was refused with a code in this run, as far as products have been stopped.</summary>
    public static bool WasRefused(OpenApiOperation operation, string code) => Refusals.ContainsKey((operation.Id, code));

    /// <summary>Takes note of what was refused, and tells what was refused with a code that the document does not name.</summary>
    public static IReadOnlyList<string> NoteRefusals(LogLines log)
    {
        List<string> undocumented = [];
        foreach (var (requestId, code) in log.All.Select(Refusal).OfType<(string, string)>())
        {
            if (!Operations.TryGetValue(requestId, out var operation))
                continue;
            Refusals[(operation.Id, code)] = true;
            if (!operation.ErrorCodes.Contains(code))
                undocumented.Add($"{operation.Id} was refused with {code}, which the API's document does not name");
        }

        return undocumented;
    }

    private static (string RequestId, string Code)? Refusal(LogLine line) => line.EventId switch
    {
        1001 => (line["RequestId"], "internal_error"),
        1002 => (line["RequestId"], "storage_unavailable"),
        1003 => (line["RequestId"], "resource_busy"),
        1006 => (line["RequestId"], line["Code"]),
        _ => null,
    };
}
