using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using PaySg.LocalHost.Functions;

namespace PaySg.LocalHost.InProcess;

/// <summary>Finds functions by their attributes, where no worker tells them.</summary>
internal static class FunctionDiscovery
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All classes of an assembly that hold a function.</summary>
    public static IReadOnlyList<Type> ClassesOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => MethodsOf(type).Any()).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The functions of some classes, by name. What is wrong with them is added to the problems.</summary>
    public static IReadOnlyList<AppFunction> Discover(IEnumerable<Type> classes, List<string> problems) =>
        [.. classes.Distinct().SelectMany(MethodsOf).Select(method => Read(method, problems)).OfType<AppFunction>().OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<MethodInfo> MethodsOf(Type type) => type.GetMethods(Declared).Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: false));

    private static AppFunction? Read(MethodInfo method, List<string> problems)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
            return Refuse($"it needs one parameter with a trigger attribute and has {triggers.Count}.");
        var trigger = triggers[0];
        AppFunction? function = trigger.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute when !IsLevelGiven(trigger) => Refuse("write AuthorizationLevel.Anonymous out: left out, the level is Function in Azure and every call answers 401."),
            HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous } http => Refuse($"LocalHost has no function keys: the level must be Anonymous, not {http.AuthLevel}."),
            HttpTriggerAttribute when trigger.ParameterType != typeof(HttpRequest) => Refuse($"its HTTP trigger parameter must be an {nameof(HttpRequest)}."),
            HttpTriggerAttribute http => new HttpFunction(name, trigger.Name!, string.IsNullOrEmpty(http.Route) ? name : http.Route, http.Methods),
            QueueTriggerAttribute when trigger.ParameterType != typeof(string) => Refuse("its queue trigger parameter must be a string."),
            QueueTriggerAttribute queue => new QueueFunction(name, trigger.Name!, queue.QueueName, queue.Connection),
            TimerTriggerAttribute when trigger.ParameterType != typeof(TimerInfo) => Refuse($"its timer trigger parameter must be a {nameof(TimerInfo)}."),
            TimerTriggerAttribute timer => new TimerFunction(name, trigger.Name!, timer.Schedule, timer.UseMonitor, timer.RunOnStartup),
            var other => Refuse($"LocalHost does not know the trigger {other?.GetType().Name}."),
        };
        return function is null ? null : function with { Method = method };

        AppFunction? Refuse(string reason)
        {
            problems.Add($"Function {name} ({method.DeclaringType!.FullName}.{method.Name}): {reason}");
            return null;
        }
    }

    private static bool IsLevelGiven(ParameterInfo trigger) =>
        trigger.GetCustomAttributesData().First(attribute => attribute.AttributeType == typeof(HttpTriggerAttribute))
            .ConstructorArguments.Any(argument => argument.ArgumentType == typeof(AuthorizationLevel));
}
