using System.Diagnostics.Metrics;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>What there is to measure about backups.</summary>
internal sealed class BackupMetrics : IDisposable
{
    /// <summary>The name of the <see cref="Meter"/> to listen to.</summary>
    public const string MeterName = "PaySg.Backup";

    /// <summary>How long ago the newest whole backup was due, in seconds, each hour.</summary>
    public const string Age = "paysg.backup.age";

    private readonly Meter meter;
    private readonly Histogram<double> age;

    /// <summary>The instruments; nothing is measured where nobody listens.</summary>
    public BackupMetrics()
    {
        // The scope tells the containers of one process apart.
        meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        age = meter.CreateHistogram<double>(Age, "s");
    }

    /// <summary>The newest whole backup was seen.</summary>
    public void SawNewest(TimeSpan ago) => age.Record(ago.TotalSeconds);

    public void Dispose() => meter.Dispose();
}
