using System.Reflection;

namespace PaySg.LocalHost.Functions;

/// <summary>A function as its attributes declare it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Class">The class that holds it.</param>
/// <param name="Method">The method to call.</param>
/// <param name="TriggerParameter">The parameter that carries the trigger attribute. Compare positions: reflection may give the same parameter as two objects.</param>
internal abstract record FunctionDefinition(string Name, Type Class, MethodInfo Method, ParameterInfo TriggerParameter)
{
    /// <summary>The group of functions that share one process on Flex Consumption, and one container of services here.</summary>
    public virtual string Group => FunctionGroup.Of(Name);
}
