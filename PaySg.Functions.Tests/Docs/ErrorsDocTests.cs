using System.Reflection;
using PaySg.Functions.Errors;
using PaySg.Functions.Singapay;

namespace PaySg.Functions.Tests.Docs;

public sealed class ErrorsDocTests
{
    [Fact]
    public void The_table_lists_each_error_that_the_catalogue_makes_once_and_no_other()
    {
        var documented = Document.Read("docs/errors.md").Table("status")
            .Select(row => $"{row[0]} {row[1].Trim('`')} {row[2].Trim('`')}")
            .Order(StringComparer.Ordinal);
        var made = typeof(ApiErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(Make)
            .Select(error => $"{error.Status} {error.Type} {error.Code}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    [Fact]
    public void Each_row_says_what_the_error_means_and_what_to_do() =>
        Assert.All(Document.Read("docs/errors.md").Table("status"), row =>
        {
            Assert.Equal(5, row.Count);
            Assert.All(row, cell => Assert.NotEqual("", cell));
        });

    [Fact]
    public void The_table_of_the_Singapay_API_lists_each_error_that_its_catalogue_makes_once_and_no_other()
    {
        var documented = Document.Read("docs/errors.md").Section("## Singapay API").Table("HTTP")
            .Select(row => $"{row[0]} {row[1]}")
            .Order(StringComparer.Ordinal);
        var made = typeof(SingapayErrors).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(Make)
            .Select(error => $"{error.Status} {error.Message.Replace("example", "…", StringComparison.Ordinal)}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    [Fact]
    public void Each_row_of_the_Singapay_API_says_what_the_error_means_and_what_to_do() =>
        Assert.All(Document.Read("docs/errors.md").Section("## Singapay API").Table("HTTP"), row =>
        {
            Assert.Equal(4, row.Count);
            Assert.All(row, cell => Assert.NotEqual("", cell));
        });

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
