namespace PaySg.Functions.Platform.Storage;

/// <summary>Delays of queue messages. The queue's client cuts them to whole seconds, so they are rounded up; and what comes before its time all the same waits for it.</summary>
/// <param name="IsShortened">Whether the host shortens delays on purpose, as LocalHost does with a time scale: then nothing comes too early.</param>
public sealed record QueueDelay(bool IsShortened = false)
{
    /// <summary>The delay to hand to a queue: whole seconds, never less than asked, and none where the time has come.</summary>
    public static TimeSpan RoundUp(TimeSpan delay) =>
        delay > TimeSpan.Zero ? TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds)) : TimeSpan.Zero;

    /// <summary>How much too early a message comes that was to come at <paramref name="due"/>; null: it does not.</summary>
    public TimeSpan? TooEarlyBy(DateTimeOffset due, DateTimeOffset now) => due > now && !IsShortened ? due - now : null;
}
