namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The Chromium that browser tests drive; nothing is downloaded for them.</summary>
internal static class Chromium
{
    /// <summary>What is said where there is none.</summary>
    public const string Missing = "There is no Chromium: install Debian's package chromium, or let PLAYWRIGHT_CHROMIUM_PATH name one.";

    /// <summary>Where it is: what <c>PLAYWRIGHT_CHROMIUM_PATH</c> names, or the system's; null: nowhere.</summary>
    public static string? Path { get; } =
        new[] { Environment.GetEnvironmentVariable("PLAYWRIGHT_CHROMIUM_PATH"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);
}
