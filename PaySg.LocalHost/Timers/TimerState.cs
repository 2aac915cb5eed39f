namespace PaySg.LocalHost.Timers;

/// <summary>What is kept of a timer between runs.</summary>
/// <param name="Last">The last run, if there was one.</param>
/// <param name="Next">The occurrence after it.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerState(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);
