using System.Text.Json;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Asks the real JavaScript.</summary>
internal static class Node
{
    /// <summary>What a JavaScript function makes of each text. Texts travel as UTF-16 code units, so that no half of a pair is lost.</summary>
    public static async Task<IReadOnlyList<string>> MapAsync(string function, IReadOnlyList<string> texts) => await AskAsync<string[]>(
        [
            "-e",
            $$"""
            const texts = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')).map(units => String.fromCharCode(...units));
            process.stdout.write(JSON.stringify(texts.map({{function}})));
            """,
        ],
        texts.Select(text => text.Select(character => (int)character)));

    /// <summary>Runs Node.js with these arguments and, behind them, the name of a file that holds the question as JSON; what it prints, read as JSON.</summary>
    public static async Task<T> AskAsync<T>(IReadOnlyList<string> arguments, object question)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(question));
            return JsonSerializer.Deserialize<T>(await ChildProcess.RunAsync("node", [.. arguments, file]))!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
