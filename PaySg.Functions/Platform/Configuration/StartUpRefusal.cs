namespace PaySg.Functions.Platform.Configuration;

/// <summary>What an app with wrong settings says before it ends.</summary>
internal static class StartUpRefusal
{
    /// <summary>The exit code of a process that did not start because of its settings.</summary>
    public const int ExitCode = 1;

    /// <summary>Prints a line for each mistake; the code to end with.</summary>
    public static int Print(PaySgConfigurationException wrong, TextWriter output)
    {
        output.WriteLine($"PaySG does not start: {wrong.Problems.Count} of its settings cannot be used.");
        foreach (var problem in wrong.Problems)
            output.WriteLine(problem);

        return ExitCode;
    }
}
