namespace PaySg.LocalHost.Functions;

/// <summary>A function that runs by the clock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TriggerParameter">The parameter that takes the timer's state.</param>
/// <param name="Schedule">The expression; <c>%name%</c> stands for a setting.</param>
/// <param name="UseMonitor">Whether missed occurrences are noticed at start.</param>
/// <param name="RunOnStartup">Whether it also runs at each start.</param>
internal sealed record TimerFunction(string Name, string TriggerParameter, string Schedule, bool UseMonitor, bool RunOnStartup) : AppFunction(Name, TriggerParameter);
