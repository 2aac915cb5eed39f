using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Operations.Contract;

[Collection(AtTheEnd.Name)]
public sealed class EachErrorTests(ITestOutputHelper output)
{
    [Fact]
    public void Each_error_that_an_operation_may_answer_was_answered_by_it_to_some_test()
    {
        if (IsPartial())
            return;

        var missing =
            from operation in OpenApiFile.Operations
            from code in operation.ErrorCodes
            where !SeenCalls.WasRefused(operation, code)
            select $"{operation.Id} was never refused with {code}";
        Assert.True(!missing.Any(), string.Join('\n', missing));
    }

    [Fact]
    public void Each_error_that_the_document_shows_was_answered_just_so_to_some_test()
    {
        if (IsPartial())
            return;

        var invented =
            from response in OpenApiFile.Root.GetProperty("components").GetProperty("responses").EnumerateObject()
            where response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out _)
            let example = response.Value.GetProperty("content").GetProperty("application/json").GetProperty("example")
            where !SeenCalls.WasAnswered(example.GetRawText())
            select $"{response.Name}: {example}";
        Assert.True(!invented.Any(), string.Join('\n', invented));
    }

    private bool IsPartial()
    {
        if (!WatchedRun.IsWhole)
            output.WriteLine("Not looked at: this run has not all tests of the fast set.");
        return !WatchedRun.IsWhole;
    }
}
