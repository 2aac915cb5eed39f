namespace PaySg.LocalHost;

/// <summary>Something a developer can put right; its message is complete without a stack trace.</summary>
public sealed class LocalHostException : Exception
{
    /// <summary>Without a message.</summary>
    public LocalHostException()
    {
    }

    /// <summary>With a message for the developer.</summary>
    public LocalHostException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the developer and the cause.</summary>
    public LocalHostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>One exception that lists all problems, or the only one.</summary>
    public static LocalHostException Of(IReadOnlyCollection<string> problems) =>
        problems.Count == 1
            ? new LocalHostException(problems.First())
            : new LocalHostException($"{problems.Count} problems:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  - {problem}"))}");
}
