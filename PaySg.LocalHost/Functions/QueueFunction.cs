using System.Reflection;

namespace PaySg.LocalHost.Functions;

/// <summary>A function that works off a storage queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class that holds it.</param>
/// <param name="Method">The method to call.</param>
/// <param name="TriggerParameter">The parameter that takes the message.</param>
/// <param name="QueueName">The queue's name as the attribute has it.</param>
/// <param name="Connection">The name of the setting with the storage connection; null is the host's own.</param>
internal sealed record QueueFunction(string Name, Type Class, MethodInfo Method, ParameterInfo TriggerParameter, string QueueName, string? Connection)
    : FunctionDefinition(Name, Class, Method, TriggerParameter);
