namespace PaySg.Functions.Tests.Docs;

/// <summary>Runs shell blocks of a document as somebody does who pastes them, one after the other, in the repository's root.</summary>
internal static class ShellTour
{
    // What a block left running ends with the tour, however it ends.
    private const string Begin = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n";

    /// <summary>What they printed; each must succeed.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="replacements">Texts that must stand in the blocks, and what is run in their place.</param>
    public static async Task<string> RunAsync(IEnumerable<string> blocks, params (string Printed, string Here)[] replacements)
    {
        var script = string.Concat(blocks);
        foreach (var (printed, here) in replacements)
        {
            Assert.Contains(printed, script, StringComparison.Ordinal);
            script = script.Replace(printed, here, StringComparison.Ordinal);
        }

        return await ChildProcess.RunAsync("bash", "-euo", "pipefail", "-c", $"cd '{Document.Repository.Root}'\n{Begin}{script}");
    }
}
