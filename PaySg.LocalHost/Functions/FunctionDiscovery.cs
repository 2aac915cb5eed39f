using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PaySg.LocalHost.Functions;

/// <summary>
/// Finds functions by their attributes and refuses what Azure would drop, misread or run differently. The method is looked up by its
/// name, as the worker does it.
/// </summary>
internal sealed partial class FunctionDiscovery
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;
    private const BindingFlags Declared = Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly List<string> problems;
    private readonly List<FunctionDefinition> functions = [];

    private FunctionDiscovery(List<string> problems) => this.problems = problems;

    /// <summary>All classes of an assembly that hold a function.</summary>
    public static IReadOnlyList<Type> ClassesOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => FunctionMethodsOf(type).Any()).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The functions of some classes in the host's order: by name, ignoring case. What is wrong with them is added to the problems.</summary>
    public static IReadOnlyList<FunctionDefinition> Discover(IEnumerable<Type> classes, List<string> problems)
    {
        var discovery = new FunctionDiscovery(problems);
        foreach (var type in classes.Distinct())
        {
            foreach (var method in FunctionMethodsOf(type))
            {
                discovery.Add(type, method);
            }
        }

        foreach (var same in discovery.functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            problems.Add($"The function name {same.Key} is used {same.Count()} times (case does not count): {string.Join(", ", same.Select(Where))}.");
        }

        return [.. discovery.functions.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<MethodInfo> FunctionMethodsOf(Type type) =>
        type.GetMethods(Declared).Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: false));

    private static string Where(FunctionDefinition function) => Where(function.Class, function.Method);

    private static string Where(Type type, MethodInfo method) => $"{type.FullName}.{method.Name}";

    private void Add(Type type, MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var before = problems.Count;
        void Refuse(string reason) => problems.Add($"Function {name} ({Where(type, method)}): {reason}");

        CheckName(name, Refuse);
        CheckPlace(type, method, Refuse);
        CheckResult(method, Refuse);

        var triggers = method.GetParameters().Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
        {
            Refuse($"it needs one parameter with a trigger attribute and has {triggers.Count}.");
            return;
        }

        var trigger = triggers[0];
        if (!ParameterName().IsMatch(trigger.Name ?? ""))
        {
            Refuse($"the trigger parameter's name '{trigger.Name}' is refused by the Functions host: letters and digits only, a letter first.");
        }

        var function = trigger.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute http => Http(http),
            QueueTriggerAttribute queue => Queue(queue),
            TimerTriggerAttribute timer => Timer(timer),
            var other => Unknown(other),
        };
        if (function is not null && problems.Count == before)
        {
            functions.Add(function);
        }

        FunctionDefinition? Http(HttpTriggerAttribute http)
        {
            if (trigger.ParameterType != typeof(HttpRequest))
            {
                Refuse($"its HTTP trigger parameter must be an {nameof(HttpRequest)}.");
            }

            CheckLevel(trigger, http, Refuse);
            CheckHttpResult(method, Refuse);
            return new HttpFunction(name, type, method, trigger, string.IsNullOrEmpty(http.Route) ? name : http.Route, http.Methods);
        }

        FunctionDefinition? Queue(QueueTriggerAttribute queue)
        {
            var message = trigger.ParameterType;
            if (message.IsInterface || message.IsPointer || message.IsByRef || message.IsPrimitive
                || message.Namespace?.StartsWith("Azure.Storage", StringComparison.Ordinal) == true || message == typeof(CancellationToken))
            {
                Refuse($"its queue trigger parameter must be a string, {nameof(BinaryData)}, byte[] or a class that is read from JSON.");
            }

            CheckOtherParameters(method, trigger, Refuse);
            CheckNoResult(method, Refuse);
            return new QueueFunction(name, type, method, trigger, queue.QueueName, queue.Connection);
        }

        FunctionDefinition? Timer(TimerTriggerAttribute timer)
        {
            if (trigger.ParameterType != typeof(TimerInfo))
            {
                Refuse($"its timer trigger parameter must be a {nameof(TimerInfo)}.");
            }

            CheckOtherParameters(method, trigger, Refuse);
            CheckNoResult(method, Refuse);
            return new TimerFunction(name, type, method, trigger, timer.Schedule, timer.UseMonitor, timer.RunOnStartup);
        }

        FunctionDefinition? Unknown(TriggerBindingAttribute? attribute)
        {
            Refuse($"LocalHost does not know the trigger {attribute?.GetType().Name}.");
            return null;
        }
    }

    private static void CheckName(string name, Action<string> refuse)
    {
        if (!FunctionName().IsMatch(name) || string.Equals(name, "host", StringComparison.OrdinalIgnoreCase))
        {
            refuse("the Functions host refuses the name: a letter, then at most 127 letters, digits, '_' or '-', and not 'host'.");
        }
    }

    private static void CheckPlace(Type type, MethodInfo method, Action<string> refuse)
    {
        if (type.IsNested)
        {
            refuse("the worker does not find functions of nested classes.");
        }
        else if (!type.IsPublic)
        {
            refuse("the class must be public.");
        }

        if (type.IsGenericTypeDefinition || (type.IsAbstract && !type.IsSealed))
        {
            refuse("the class must be neither generic nor abstract.");
        }

        if (!method.IsPublic || method.IsGenericMethodDefinition)
        {
            refuse("the method must be public and not generic.");
        }

        if (type.GetMethods(Public).Count(other => string.Equals(other.Name, method.Name, StringComparison.Ordinal)) > 1)
        {
            refuse("the class has another method of that name: the worker looks methods up by name and fails on overloads.");
        }
    }

    private static void CheckResult(MethodInfo method, Action<string> refuse)
    {
        var result = method.ReturnType;
        if (result == typeof(ValueTask) || (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            refuse("the Functions SDK does not read ValueTask: return a Task.");
        }
    }

    private static void CheckHttpResult(MethodInfo method, Action<string> refuse)
    {
        var result = method.ReturnType;
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>))
        {
            result = result.GetGenericArguments()[0];
        }

        if (!typeof(IResult).IsAssignableFrom(result) && !IsValueTask(method.ReturnType))
        {
            refuse("an HTTP function returns IResult or Task<IResult>.");
        }
    }

    private static void CheckNoResult(MethodInfo method, Action<string> refuse)
    {
        if (method.ReturnType != typeof(void) && method.ReturnType != typeof(Task) && !IsValueTask(method.ReturnType))
        {
            refuse("a queue or timer function returns Task or nothing.");
        }
    }

    private static bool IsValueTask(Type type) => type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static void CheckOtherParameters(MethodInfo method, ParameterInfo trigger, Action<string> refuse)
    {
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.Position != trigger.Position && parameter.ParameterType != typeof(CancellationToken))
            {
                refuse($"parameter '{parameter.Name}': besides the trigger only a {nameof(CancellationToken)} is passed.");
            }
        }
    }

    private static void CheckLevel(ParameterInfo trigger, HttpTriggerAttribute http, Action<string> refuse)
    {
        var data = trigger.GetCustomAttributesData().First(attribute => attribute.AttributeType == typeof(HttpTriggerAttribute));
        var given = data.ConstructorArguments.Any(argument => argument.ArgumentType == typeof(AuthorizationLevel))
            || data.NamedArguments.Any(argument => string.Equals(argument.MemberName, nameof(HttpTriggerAttribute.AuthLevel), StringComparison.Ordinal));
        if (!given)
        {
            refuse("write AuthorizationLevel.Anonymous out: left out, the level is Function in Azure and every call answers 401.");
        }
        else if (http.AuthLevel != AuthorizationLevel.Anonymous)
        {
            refuse($"LocalHost has no function keys: the level must be Anonymous, not {http.AuthLevel}.");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_\-]{0,127}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9]{0,127}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
