using System.Text.RegularExpressions;

namespace PaySg.LocalHost.Functions;

/// <summary>Rules of the Functions host for names. Azure drops a function that breaks one, with a line in the log.</summary>
internal static partial class FunctionRules
{
    /// <summary>Adds what is wrong with the names of functions.</summary>
    public static void Check(IReadOnlyList<AppFunction> functions, List<string> problems)
    {
        foreach (var function in functions)
        {
            if (!FunctionName().IsMatch(function.Name) || string.Equals(function.Name, "host", StringComparison.OrdinalIgnoreCase))
                problems.Add($"Function {function.Name}: the Functions host refuses the name: a letter, then at most 127 letters, digits, '_' or '-', and not 'host'.");
            if (!ParameterName().IsMatch(function.TriggerParameter))
                problems.Add($"Function {function.Name}: the trigger parameter's name '{function.TriggerParameter}' is refused by the Functions host: letters and digits only, a letter first.");
        }

        foreach (var same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add($"The function name {same.Key} is used {same.Count()} times (case does not count).");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_\-]{0,127}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9]{0,127}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
