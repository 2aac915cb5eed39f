using System.Diagnostics;
using System.Text.Json;
using PaySg.Functions.Tests.Docs;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The TypeScript compiler in a process of its own, which lives as long as the tests do: it ends when its input does.</summary>
internal sealed class TypeChecker : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Process process;
    private readonly Task<string> errors;

    /// <param name="modules">The <c>node_modules</c> that hold the compiler.</param>
    /// <param name="folder">Where the sources stand, as it were, and the types that they use. It is taken away at the end.</param>
    public TypeChecker(string modules, string folder)
    {
        var script = Path.Combine(Document.Repository.Root, "PaySg.Functions.Tests/Fixtures/Stripe/check-types.mjs");
        process = Process.Start(new ProcessStartInfo("node", [script, folder, modules]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What is wrong with a source: the line, counted from 0 (-1: it is no line of the source's), and why.</summary>
    public async Task<IReadOnlyList<(int Line, string Message)>> FaultsOfAsync(string source)
    {
        await turn.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(source));
            await process.StandardInput.FlushAsync();
            var answer = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The compiler ended: {await errors}");
            return [.. JsonElement.Parse(answer).EnumerateArray().Select(fault => (fault.GetProperty("line").GetInt32(), fault.GetProperty("message").GetString()!))];
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        process.Dispose();
    }
}
