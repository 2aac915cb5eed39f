namespace PaySg.Functions.Tests.Docs;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0: it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to standard error.</param>
internal sealed record ChildProcessEnd(int ExitCode, string Output, string Errors);
