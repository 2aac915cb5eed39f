namespace PaySg.Functions.Platform.Configuration;

/// <summary>The app's settings are wrong. The message has one line for each mistake: which setting, what is wrong, what to do.</summary>
public sealed class PaySgConfigurationException(IReadOnlyList<string> problems)
    : Exception("The settings are not usable:" + string.Concat(problems.Select(problem => Environment.NewLine + "- " + problem)))
{
    /// <summary>One line for each mistake.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
