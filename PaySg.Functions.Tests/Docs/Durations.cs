namespace PaySg.Functions.Tests.Docs;

/// <summary>How the documentation writes lengths of time.</summary>
internal static class Durations
{
    public static string Print(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => $"{duration.TotalMilliseconds} ms",
        { TotalMinutes: < 1 } => $"{duration.TotalSeconds} s",
        { TotalHours: < 1 } => $"{duration.TotalMinutes} min",
        _ => $"{duration.TotalHours} h",
    };
}
