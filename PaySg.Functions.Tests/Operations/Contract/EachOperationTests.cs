using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Contract;

public sealed class EachOperationTests(SampleCalls samples) : IClassFixture<SampleCalls>
{
    public static TheoryData<string> Codes => [.. CommonRefusals.Codes];

    [Fact]
    public async Task Takes_the_example_of_the_document_by_a_caller_with_its_one_permission_and_answers_in_the_examples_shape()
    {
        var wrong = await OfEachAsync(OpenApiFile.Operations, async operation =>
        {
            var answer = await samples.SendAsync(await samples.CallAsync(operation));
            if ((int)answer.Status != operation.SuccessStatus)
                return $"{operation.Id} answered {(int)answer.Status}: {answer.Body}";
            return operation.ExampleOf(operation.SuccessStatus) is { } example && Shape(example) != Shape(answer.Json)
                ? $"{operation.Id} answered {answer.Body}, which is not of the shape of the example {example}"
                : null;
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Answers_the_same_whatever_the_client_would_rather_have()
    {
        var wrong = await OfEachAsync(OpenApiFile.Operations, async operation =>
        {
            var answer = await samples.SendAsync((await samples.CallAsync(operation)).With("Accept", "application/x-nothing"));
            return (int)answer.Status == operation.SuccessStatus ? null : $"{operation.Id} answered {(int)answer.Status}: {answer.Body}";
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Takes_no_other_method_and_says_which_in_the_shape_of_its_API()
    {
        var wrong = await OfEachAsync(OpenApiFile.Operations.DistinctBy(operation => operation.Path), async operation =>
        {
            var call = await samples.CallAsync(operation);
            var path = call.Path.Split('?')[0];
            var answer = await samples.SendAsync(call with { Operation = operation with { Method = "TRACE" }, Body = null });

            // Another template may fit the path too, and take it or not.
            var allowed = answer.Headers.GetValueOrDefault("Allow", "").Split(',', StringSplitOptions.TrimEntries);
            var own = OpenApiFile.Operations.Where(other => other.Path == operation.Path).SelectMany(other => other.Method == "GET" ? ["GET", "HEAD"] : new[] { other.Method });
            var fitting = OpenApiFile.Operations.Where(other => other.Fits(path)).SelectMany(other => other.Method == "GET" ? ["GET", "HEAD"] : new[] { other.Method });
            return answer.Status == HttpStatusCode.MethodNotAllowed && !own.Except(allowed).Any() && !allowed.Except(fitting).Any() && ShapeOf(answer) == ShapeAt(path)
                ? null
                : $"{operation.Id} answered {(int)answer.Status}, Allow: {string.Join(", ", allowed)}: {answer.Body}";
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Answers_HEAD_as_GET_and_without_the_body()
    {
        var reads = OpenApiFile.Operations.Where(operation => operation.Method == "GET").ToList();
        var wrong = await OfEachAsync(reads, async operation =>
        {
            var call = await samples.CallAsync(operation);
            var get = await samples.SendAsync(call);
            var head = await samples.SendAsync(call with { Operation = operation with { Method = "HEAD" } });
            var missing = get.Headers.Keys.Except(head.Headers.Keys, StringComparer.OrdinalIgnoreCase).Where(name => name != "Transfer-Encoding").ToList();
            return (int)head.Status == operation.SuccessStatus && head.Body.Length == 0 && get.Body.Length > 0 && missing.Count == 0
                && get.Headers.GetValueOrDefault("Content-Type") == head.Headers.GetValueOrDefault("Content-Type")
                ? null
                : $"{operation.Id} answered {(int)head.Status} to HEAD, with {head.Body.Length} characters, without {string.Join(", ", missing)}";
        });

        Assert.True(reads.Count > 30);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("/api/v1.0/nothing")]
    [InlineData("/payments/a/b")]
    [InlineData("/b2b/a/b")]
    [InlineData("/v1/nothing")]
    [InlineData("/management/nothing")]
    [InlineData("/sandbox/nothing")]
    [InlineData("/nothing")]
    public async Task Answers_404_in_the_shape_of_the_API_where_there_is_none(string path)
    {
        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            var operation = OpenApiFile.Operations[0] with { Method = method };
            var answer = await samples.SendAsync(new SampleCall(operation, path, new Dictionary<string, string> { ["Accept"] = "image/png" }, null, SampleCall.Json));

            Assert.Equal((HttpStatusCode.NotFound, ShapeAt(path)), (answer.Status, ShapeOf(answer)));
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Refuses_with_each_common_error_that_it_is_documented_with(string code)
    {
        var operations = OpenApiFile.Operations.Where(operation => operation.ErrorCodes.Contains(code)).ToList();
        await using var refusals = new CommonRefusals(samples);
        var app = await refusals.ProductForAsync(code);

        var wrong = await OfEachAsync(operations, async operation =>
        {
            var answer = await samples.SendAsync(await refusals.CallAsync(operation, code), app);
            var answered = SeenCalls.CodeOf(app.Log, answer.Headers["x-request-id"]);
            return answered == code ? null : $"{operation.Id} answered {(int)answer.Status} {answered}: {answer.Body}";
        });

        Assert.NotEmpty(operations);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What is wrong with each operation; they are looked at beside each other.</summary>
    private static async Task<IReadOnlyList<string>> OfEachAsync(IEnumerable<OpenApiOperation> operations, Func<OpenApiOperation, Task<string?>> look)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(operations, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (operation, _) =>
        {
            if (await look(operation) is { } found)
                wrong.Add(found);
        });
        return [.. wrong.Order(StringComparer.Ordinal)];
    }

    /// <summary>The shape that errors have at a path.</summary>
    private static string ShapeAt(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) ? "Singapay's"
        : path.StartsWith("/payments/", StringComparison.Ordinal) || path.StartsWith("/b2b/", StringComparison.Ordinal) ? "a page"
        : "ours";

    /// <summary>The shape of an error.</summary>
    private static string ShapeOf(Answer answer) =>
        answer.Headers["Content-Type"].StartsWith("text/html", StringComparison.Ordinal) ? "a page"
        : answer.Json.TryGetProperty("success", out _) ? "Singapay's"
        : "ours";

    /// <summary>The members and the kinds of their values, in order; of a list its first entry. A null may stand where the other has a value.</summary>
    private static string Shape(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(member => member.Name))}}}",
        JsonValueKind.Array when json.GetArrayLength() > 0 => $"[{Shape(json[0])}]",
        _ => "",
    };
}
