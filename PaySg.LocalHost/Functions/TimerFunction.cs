using System.Reflection;

namespace PaySg.LocalHost.Functions;

/// <summary>A function that runs by the clock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class that holds it.</param>
/// <param name="Method">The method to call.</param>
/// <param name="TriggerParameter">The parameter that takes the timer's state.</param>
/// <param name="Schedule">The expression as the attribute has it.</param>
/// <param name="UseMonitor">Whether missed occurrences are noticed at start.</param>
/// <param name="RunOnStartup">Whether it also runs at each start.</param>
internal sealed record TimerFunction(string Name, Type Class, MethodInfo Method, ParameterInfo TriggerParameter, string Schedule, bool UseMonitor, bool RunOnStartup)
    : FunctionDefinition(Name, Class, Method, TriggerParameter);
