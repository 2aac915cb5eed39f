using System.Text.Json;
using PaySg.LocalHost.Azurite;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Asks the real JavaScript what it prints.</summary>
internal static class Node
{
    /// <summary>What a JavaScript function makes of each text. Texts travel as UTF-16 code units, so that no half of a pair is lost.</summary>
    public static async Task<IReadOnlyList<string>> MapAsync(string function, IReadOnlyList<string> texts)
    {
        var input = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(input, JsonSerializer.Serialize(texts.Select(text => text.Select(character => (int)character))));
            var printed = await NodeProcess.RunScriptAsync(
                $$"""
                const texts = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')).map(units => String.fromCharCode(...units));
                process.stdout.write(JSON.stringify(texts.map({{function}})));
                """,
                [input],
                environment: null,
                CancellationToken.None);
            return JsonSerializer.Deserialize<string[]>(printed)!;
        }
        finally
        {
            File.Delete(input);
        }
    }
}
