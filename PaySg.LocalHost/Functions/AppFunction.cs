using System.Reflection;

namespace PaySg.LocalHost.Functions;

/// <summary>A function of the app, as its metadata describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TriggerParameter">The name of the parameter that takes the request, the message or the timer's state.</param>
internal abstract record AppFunction(string Name, string TriggerParameter)
{
    /// <summary>The method to call; null where the worker runs the function.</summary>
    public MethodInfo? Method { get; init; }
}
