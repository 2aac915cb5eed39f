using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.Queues;

/// <summary>
/// What Microsoft's listener calls with each message. The listener finds queues by attributes of methods, so a class with a method for
/// each queue function is made at run time, as the Functions host does it.
/// </summary>
public abstract class QueueTriggers
{
    private IReadOnlyDictionary<string, Func<string, CancellationToken, Task>> runs = new Dictionary<string, Func<string, CancellationToken, Task>>(StringComparer.Ordinal);

    /// <summary>A class with a method for each function: <c>Task NAME([QueueTrigger("…", Connection = "…")] string message, CancellationToken token)</c>.</summary>
    internal static Type ClassFor(IEnumerable<QueueFunction> functions)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("QueueTriggers"), AssemblyBuilderAccess.RunAndCollect);
        var type = assembly.DefineDynamicModule("QueueTriggers").DefineType("Functions", TypeAttributes.Public | TypeAttributes.Class, typeof(QueueTriggers));
        foreach (var function in functions)
        {
            var method = type.DefineMethod(function.Name, MethodAttributes.Public, typeof(Task), [typeof(string), typeof(CancellationToken)]);
            method.DefineParameter(1, ParameterAttributes.None, "message").SetCustomAttribute(Trigger(function));
            method.DefineParameter(2, ParameterAttributes.None, "cancellationToken");
            var code = method.GetILGenerator();
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldstr, function.Name);
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(OpCodes.Ldarg_2);
            code.Emit(OpCodes.Call, typeof(QueueTriggers).GetMethod(nameof(PassAsync))!);
            code.Emit(OpCodes.Ret);
        }

        return type.CreateType();
    }

    /// <summary>An object of such a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="runs">What to call, by function.</param>
    internal static QueueTriggers Create(Type type, IReadOnlyDictionary<string, Func<string, CancellationToken, Task>> runs)
    {
        var triggers = (QueueTriggers)Activator.CreateInstance(type)!;
        triggers.runs = runs;
        return triggers;
    }

    /// <summary>Passes a message on to a function.</summary>
    public Task PassAsync(string function, string message, CancellationToken cancellationToken) => runs[function](message, cancellationToken);

    private static CustomAttributeBuilder Trigger(QueueFunction function)
    {
        var attribute = typeof(QueueTriggerAttribute);
        return new CustomAttributeBuilder(
            attribute.GetConstructor([typeof(string)])!,
            [function.QueueName],
            [attribute.GetProperty(nameof(QueueTriggerAttribute.Connection))!],
            [function.Connection ?? ""]);
    }
}
