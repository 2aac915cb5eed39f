using Microsoft.Playwright;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Checks the page of a window by axe-core with all its rules, in light and dark, and whether it fits its window.</summary>
internal static class Accessibility
{
    /// <summary>The words of headings, labels and buttons that stand on two lines. Chinese is broken between any two characters.</summary>
    private const string BrokenWords =
        """
        () => document.documentElement.lang.startsWith('zh') ? [] : [...document.querySelectorAll('h1, h2, dt, legend, label, .button')].flatMap(element => {
          const broken = [], texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            for (const word of texts.currentNode.data.matchAll(/\S+/g)) {
              const range = document.createRange();
              range.setStart(texts.currentNode, word.index);
              range.setEnd(texts.currentNode, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
            }
          }
          return broken;
        })
        """;

    private static readonly string Axe = Path.Combine(Docs.Document.Repository.Root, "node_modules", "axe-core", "axe.min.js");
    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Axe));

    public static async Task CheckAsync(BrowserWindow window, string name)
    {
        await LoadAsync(window);
        foreach (var colors in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            await RunAsync(window, $"{name}, {colors}", "{}");
        }

        await FitsAsync(window, name);
    }

    /// <summary>The same for a page that looks otherwise on a desk: on a phone in light, on a desk in dark. No colour depends on the width.</summary>
    public static async Task CheckOnPhoneAndDeskAsync(BrowserWindow window, string name)
    {
        await LoadAsync(window);
        var size = window.Page.ViewportSize!;
        foreach (var (width, height, colors) in new[] { (360, 740, ColorScheme.Light), (1000, 800, ColorScheme.Dark) })
        {
            await window.Page.SetViewportSizeAsync(width, height);
            await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colors });
            await RunAsync(window, $"{name}, {width} pixels, {colors}", "{}");
            await FitsAsync(window, name);
        }

        await window.Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>What <see cref="CheckAsync"/> does of a page that was checked in another language: all but its colours, which are the same, and which axe takes longest for.</summary>
    public static async Task CheckWordsAsync(BrowserWindow window, string name)
    {
        await LoadAsync(window);
        await RunAsync(window, name, "{ 'color-contrast': { enabled: false } }");
        await CheckLinesAsync(window, name);
    }

    /// <summary>Whether the page fits narrow phones, and no word of ours stands on two lines.</summary>
    public static async Task CheckLinesAsync(BrowserWindow window, string name)
    {
        await FitsAsync(window, name);
        Assert.Equal($"{name}: ", $"{name}: {string.Join(", ", await window.Page.EvaluateAsync<string[]>(BrokenWords))}");
    }

    private static async Task LoadAsync(BrowserWindow window)
    {
        Assert.True(File.Exists(Axe), "axe-core is not installed: run npm install.");
        await window.Page.EvaluateAsync(Script.Value);
    }

    private static async Task RunAsync(BrowserWindow window, string name, string rules)
    {
        var violations = await window.Page.EvaluateAsync<string[]>(
            $$"""
            async () => (await axe.run({ resultTypes: ['violations'], rules: {{rules}} })).violations
              .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`))
            """);
        Assert.True(violations.Length == 0, $"{name}:\n{string.Join('\n', violations)}");
    }

    /// <summary>Whether the page fits its window, and the narrowest phone.</summary>
    public static async Task FitsAsync(BrowserWindow window, string name)
    {
        var size = window.Page.ViewportSize!;
        foreach (var width in (int[])[size.Width, 320])
        {
            await window.Page.SetViewportSizeAsync(width, size.Height);
            Assert.True(await window.OverflowAsync() == 0, $"{name} does not fit into {width} pixels.");
        }

        await window.Page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
