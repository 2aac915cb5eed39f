using System.Collections.Concurrent;
using System.Text.Json;

namespace PaySg.Functions.Tests.Contract;

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

    /// <summary>The members and the kinds of their values, in order; of a list its first entry. A null may stand where the other has a value.</summary>
    private static string Shape(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(member => member.Name))}}}",
        JsonValueKind.Array when json.GetArrayLength() > 0 => $"[{Shape(json[0])}]",
        _ => "",
    };
}
