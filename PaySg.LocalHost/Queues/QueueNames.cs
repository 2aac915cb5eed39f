using System.Text.RegularExpressions;

namespace PaySg.LocalHost.Queues;

/// <summary>The rules for names of storage queues.</summary>
internal static partial class QueueNames
{
    private const string PoisonSuffix = "-poison";
    private const int MaxLength = 63;

    /// <summary>Whether storage takes the name.</summary>
    public static bool IsValid(string name) => name.Length is >= 3 and <= MaxLength && Pattern().IsMatch(name);

    /// <summary>The name of a queue's poison queue; null for a poison queue itself and where the name would be too long.</summary>
    public static string? PoisonOf(string name) =>
        name.EndsWith(PoisonSuffix, StringComparison.Ordinal) || name.Length + PoisonSuffix.Length > MaxLength ? null : name + PoisonSuffix;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
