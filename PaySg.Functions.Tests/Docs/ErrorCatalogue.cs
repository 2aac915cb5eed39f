using System.Reflection;
using PaySg.Functions.Platform.Errors;

namespace PaySg.Functions.Tests.Docs;

/// <summary>The errors that a catalogue makes.</summary>
internal static class ErrorCatalogue
{
    /// <summary>One of each of its methods.</summary>
    public static IEnumerable<ApiError> Of(Type catalogue) => catalogue.GetMethods(BindingFlags.Public | BindingFlags.Static).Select(Make);

    private static ApiError Make(MethodInfo factory)
    {
        var arguments = factory.GetParameters().Select(parameter => Example(parameter.ParameterType)).ToArray();
        return factory.Invoke(null, arguments) switch
        {
            ApiError error => error,
            ApiException exception => exception.Error,
            var other => throw new InvalidOperationException($"{factory.Name} makes {other}, which is no error."),
        };
    }

    private static object Example(Type type) =>
        type == typeof(string) ? "example"
        : type == typeof(int) ? 1
        : type == typeof(long) ? 1L
        : type == typeof(IReadOnlyList<FieldError>) ? new List<FieldError> { new("example", "is wrong.") }
        : throw new InvalidOperationException($"Give an example of {type} here.");
}
