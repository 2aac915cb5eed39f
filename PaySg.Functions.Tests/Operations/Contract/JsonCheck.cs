using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>Holds JSON against the schemas of the API's document, by Ajv in one Node.js process that serves the whole run.</summary>
internal sealed class JsonCheck
{
    private static readonly Lazy<JsonCheck> Shared = new(static () => new JsonCheck());
    private readonly ConcurrentDictionary<long, TaskCompletionSource<string[]>> asked = new();
    private readonly Lock writing = new();
    private readonly Process node;
    private long last;

    private JsonCheck()
    {
        var root = Document.Repository.Root;
        node = Process.Start(new ProcessStartInfo("node", [Path.Combine(root, "PaySg.Functions.Tests/Operations/Contract/check-json.cjs"), root, Path.Combine(root, OpenApiFile.Path)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _ = ReadAnswersAsync();
    }

    /// <summary>What is wrong with a JSON text; nothing where it is by the schema.</summary>
    /// <param name="schema">The way to the schema in the document, member by member; references on the way are followed.</param>
    /// <param name="json">The text.</param>
    /// <param name="closed">Whether a member that the schema does not name is an error.</param>
    public static Task<string[]> ErrorsOfAsync(IReadOnlyList<string> schema, string json, bool closed) => Shared.Value.AskAsync(schema, json, closed);

    private Task<string[]> AskAsync(IReadOnlyList<string> schema, string json, bool closed)
    {
        var id = Interlocked.Increment(ref last);
        var answer = asked[id] = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = JsonSerializer.Serialize(new { id, at = schema, json, closed });
        lock (writing)
        {
            node.StandardInput.WriteLine(line);
            node.StandardInput.Flush();
        }

        return answer.Task;
    }

    private async Task ReadAnswersAsync()
    {
        var errors = node.StandardError.ReadToEndAsync();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(line);
            if (asked.TryRemove(answer.GetProperty("id").GetInt64(), out var waiting))
                waiting.SetResult([.. answer.GetProperty("errors").Texts()]);
        }

        var end = new InvalidOperationException($"The process that checks JSON has ended: {await errors}");
        foreach (var waiting in asked.Values)
            waiting.TrySetException(end);
    }
}
