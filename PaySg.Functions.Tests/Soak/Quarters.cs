using System.Globalization;

namespace PaySg.Functions.Tests.Soak;

/// <summary>
/// A figure of a process by the quarters of a soak, each by its median, so that one collection more or less does not count. The first quarter has the kills and the
/// warming up; the second is what the last is held against.
/// </summary>
internal sealed record Quarters(string Role, string Figure, string Unit, double[] Medians)
{
    /// <summary>How much more the last quarter may have.</summary>
    public const double Growth = 0.05;

    /// <summary>By how much counts of a few dozen go up and down by themselves.</summary>
    private const int CountSlack = 8;

    /// <summary>Whether the last quarter is no more than the second.</summary>
    public bool IsFlat => Medians[3] <= (Medians[1] * (1 + Growth)) + (IsCount ? CountSlack : 0);

    private bool IsCount => Unit.Length == 0;

    public static IEnumerable<Quarters> Of(IReadOnlyList<ProcessSample> samples, TimeSpan length) =>
        from role in samples.GroupBy(sample => sample.Role)
        from figure in new (string Name, string Unit, Func<ProcessSample, double> Of)[]
        {
            ("working set", "MiB", sample => sample.WorkingSet / 1048576d),
            ("managed heap", "MiB", sample => sample.Heap / 1048576d),
            ("descriptors", "", sample => sample.Descriptors),
            ("connections", "", sample => sample.Connections),
            ("threads", "", sample => sample.Threads),
        }
        select new Quarters(
            role.Key,
            figure.Name,
            figure.Unit,
            [.. Enumerable.Range(0, 4).Select(quarter => Median(role.Where(sample => (int)(sample.At / length * 4) == quarter).Select(figure.Of)))]);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Role,-10} {Figure,-13} {string.Join("  ", Medians.Select(median => median.ToString("F1", CultureInfo.InvariantCulture).PadLeft(7)))} {Unit,-4}{(IsFlat ? "" : "NOT FLAT")}");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }
}
