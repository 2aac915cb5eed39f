using PaySg.Functions.Errors;
using PaySg.Functions.Singapay;

namespace PaySg.Functions.Tests.Docs;

public sealed class ErrorsDocTests
{
    [Fact]
    public void The_table_lists_each_error_that_the_catalogue_makes_once_and_no_other()
    {
        var documented = Document.Read("docs/integrate/errors.md").Table("status")
            .Select(row => $"{row[0]} {row[1].Trim('`')} {row[2].Trim('`')}")
            .Order(StringComparer.Ordinal);
        var made = ErrorCatalogue.Of(typeof(ApiErrors))
            .Select(error => $"{error.Status} {error.Type} {error.Code}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    [Fact]
    public void Each_row_says_what_the_error_means_and_what_to_do() =>
        Assert.All(Document.Read("docs/integrate/errors.md").Table("status"), row =>
        {
            Assert.Equal(5, row.Count);
            Assert.All(row, cell => Assert.NotEqual("", cell));
        });

    [Fact]
    public void The_table_of_the_Singapay_API_lists_each_error_that_its_catalogue_makes_once_and_no_other()
    {
        var documented = Document.Read("docs/integrate/errors.md").Section("## Singapay API").Table("HTTP")
            .Select(row => $"{row[0]} {row[1]}")
            .Order(StringComparer.Ordinal);
        var made = ErrorCatalogue.Of(typeof(SingapayErrors))
            .Select(error => $"{error.Status} {error.Message.Replace("example", "…", StringComparison.Ordinal)}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(made, documented);
    }

    [Fact]
    public void Each_row_of_the_Singapay_API_says_what_the_error_means_and_what_to_do() =>
        Assert.All(Document.Read("docs/integrate/errors.md").Section("## Singapay API").Table("HTTP"), row =>
        {
            Assert.Equal(4, row.Count);
            Assert.All(row, cell => Assert.NotEqual("", cell));
        });
}
