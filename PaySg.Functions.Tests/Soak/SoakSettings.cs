using System.Globalization;

namespace PaySg.Functions.Tests.Soak;

/// <summary>How long and how hard a soak is, from the environment.</summary>
/// <param name="Length">How long payments are begun.</param>
/// <param name="Rate">How many are to be begun in a second.</param>
/// <param name="Log">A file to which progress is added as it happens; null: none.</param>
internal sealed record SoakSettings(TimeSpan Length, double Rate, string? Log)
{
    /// <summary>Minutes; default 60.</summary>
    public const string MinutesVariable = "PAYSG_SOAK_MINUTES";

    /// <summary>Payments a second; default 20.</summary>
    public const string RateVariable = "PAYSG_SOAK_RATE";

    /// <summary>The file for progress.</summary>
    public const string LogVariable = "PAYSG_SOAK_LOG";

    /// <summary>A process that has just started still compiles and fills its pools: shorter runs do not judge memory.</summary>
    public bool JudgesMemory => Length >= TimeSpan.FromMinutes(30);

    public static SoakSettings Read() => new(
        TimeSpan.FromMinutes(Number(MinutesVariable, 60)),
        Number(RateVariable, 20),
        Environment.GetEnvironmentVariable(LogVariable) is { Length: > 0 } log ? log : null);

    private static double Number(string variable, double otherwise)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new InvalidOperationException($"{variable} must be a number above 0, and is '{text}'.");
    }
}
