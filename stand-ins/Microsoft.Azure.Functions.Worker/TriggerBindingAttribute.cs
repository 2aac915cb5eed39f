namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of all binding attributes.</summary>
public abstract class BindingAttribute : Attribute
{
}

/// <summary>Base of the attributes that feed a function's parameters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute
{
}

/// <summary>Base of the attributes that start a function.</summary>
public abstract class TriggerBindingAttribute : InputBindingAttribute
{
}
