using Microsoft.Playwright;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Checks the page of a window by axe-core with all its rules, in light and dark, and whether it fits its window.</summary>
internal static class Accessibility
{
    private static readonly string Axe = Path.Combine(Docs.Document.Repository.Root, "node_modules", "axe-core", "axe.min.js");

    public static Task CheckAsync(BrowserWindow window, string name) => CheckAsync(window, name, ColorScheme.Light, ColorScheme.Dark);

    /// <summary>The same, in these colours only.</summary>
    public static async Task CheckAsync(BrowserWindow window, string name, params IReadOnlyList<ColorScheme> schemes)
    {
        Assert.True(File.Exists(Axe), "axe-core is not installed: run npm install.");
        await window.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        foreach (var colors in schemes)
        {
            await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            var violations = await window.Page.EvaluateAsync<string[]>(
                "async () => (await axe.run()).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))");
            Assert.True(violations.Length == 0, $"{name}, {colors}:\n{string.Join('\n', violations)}");
        }

        var size = window.Page.ViewportSize!;
        foreach (var width in (int[])[size.Width, 320])
        {
            await window.Page.SetViewportSizeAsync(width, size.Height);
            Assert.True(await window.OverflowAsync() == 0, $"{name} does not fit into {width} pixels.");
        }

        await window.Page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
