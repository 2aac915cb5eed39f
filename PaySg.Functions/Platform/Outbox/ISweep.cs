namespace PaySg.Functions.Platform.Outbox;

/// <summary>A room's part in the sweep. Sweeps may run at once, so what belongs to one sweep is in its <see cref="ISweepRun"/>.</summary>
public interface ISweep
{
    /// <summary>Begins a sweep.</summary>
    ISweepRun Begin(DateTimeOffset now);
}
