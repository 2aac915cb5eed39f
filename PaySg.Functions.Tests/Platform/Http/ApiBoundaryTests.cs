using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Http;

public sealed class ApiBoundaryTests
{
    private readonly PaySgParts parts = PaySgParts.Build("UseDevelopmentStorage=true");
    private readonly DefaultHttpContext context = new();

    [Fact]
    public async Task An_answer_passes_with_a_request_id_that_is_never_the_same()
    {
        var first = await AnswerAsync(_ => Task.FromResult(new ApiAnswer(201, "{\"a\":1}"u8.ToArray()).WithHeader("x-other", "1")));
        var second = await AnswerAsync(_ => Task.FromResult(new ApiAnswer(200, default)));

        Assert.Equal((201, "{\"a\":1}", "1"), ((int)first.Status, first.Body, first.Headers["x-other"]));
        Assert.Equal(("application/json; charset=utf-8", "7", "no-store"), (first.Headers["Content-Type"], first.Headers["Content-Length"], first.Headers["Cache-Control"]));
        Assert.NotEqual(first.Headers["x-request-id"], second.Headers["x-request-id"]);
        Assert.False(second.Headers.ContainsKey("Content-Type"));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_a_log_line_that_says_no_more_than_its_code()
    {
        var answer = await AnswerAsync(_ => throw ApiErrors.InvalidParameters([new FieldError("a", "is \"wrong\"."), new FieldError("b[0].c", "too.")]));

        Assert.Equal(
            """{"error":{"type":"invalid_request_error","code":"invalid_parameters","message":"a: is \"wrong\". b[0].c: too.","data":{"request_id":"ID","errors":[{"field":"a","message":"is \"wrong\"."},{"field":"b[0].c","message":"too."}]}}}""",
            answer.Body.Replace(answer.Headers["x-request-id"], "ID", StringComparison.Ordinal));
        var line = Assert.Single(parts.Log.All);
        Assert.Equal(
            (1008, LogLevel.Information, $"Request {answer.Headers["x-request-id"]} was refused: 400 invalid_parameters"), (line.EventId, line.Level, line.Message));
    }

    [Fact]
    public async Task A_refusal_may_say_when_to_come_back_or_which_methods_to_use()
    {
        Assert.Equal("5", (await AnswerAsync(_ => throw ApiErrors.IdempotencyKeyInUse())).Headers["Retry-After"]);
        Assert.Equal("GET, POST", (await AnswerAsync(_ => throw ApiErrors.MethodNotAllowed("GET, POST"))).Headers["Allow"]);
        Assert.Equal("2", (await AnswerAsync(_ => throw new ApiException(ApiErrors.TooBusy() with { RetryAfter = TimeSpan.FromSeconds(1.2) }))).Headers["Retry-After"]);
    }

    public static TheoryData<int, string, int, LogLevel> Faults => new()
    {
        { 500, "internal_error", 1001, LogLevel.Error },
        { 503, "storage_unavailable", 1002, LogLevel.Warning },
        { 503, "resource_busy", 1003, LogLevel.Warning },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_an_answer_without_its_cause_and_a_log_line_with_it(int status, string code, int eventId, LogLevel level)
    {
        Exception fault = eventId switch
        {
            1001 => new InvalidOperationException("the inner secret"),
            1002 => new RequestFailedException(503, "the inner secret"),
            _ => new HotRowException(),
        };

        var answer = await AnswerAsync(_ => throw fault);

        Assert.Equal((status, code), ((int)answer.Status, answer.ErrorCode));
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Empty(answer.ErrorFields);
        Assert.DoesNotContain("inner secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        var line = Assert.Single(parts.Log.All);
        Assert.Equal((eventId, level), (line.EventId, line.Level));
        Assert.Contains(answer.Headers["x-request-id"], line.Message, StringComparison.Ordinal);
        Assert.Equal(eventId == 1003 ? null : fault, line.Exception);
    }

    [Fact]
    public async Task A_fault_before_the_first_await_is_an_answer_too()
    {
        var answer = await AnswerAsync(_ => throw new DivideByZeroException());

        Assert.Equal("internal_error", answer.ErrorCode);
    }

    [Fact]
    public async Task A_client_that_left_is_no_outage_of_storage()
    {
        context.RequestAborted = new CancellationToken(canceled: true);

        var answer = await AnswerAsync(call => Task.FromCanceled<ApiAnswer>(call.ClientLeft));

        Assert.Equal((499, "client_left"), ((int)answer.Status, answer.ErrorCode));
        Assert.Equal((1004, LogLevel.Information), (Assert.Single(parts.Log.All).EventId, parts.Log.All[0].Level));
    }

    [Fact]
    public async Task A_storage_that_takes_too_long_is_an_outage_while_the_client_waits()
    {
        var answer = await AnswerAsync(_ => throw new TaskCanceledException());

        Assert.Equal("storage_unavailable", answer.ErrorCode);
    }

    private async Task<Answer> AnswerAsync(Func<ApiCall, Task<ApiAnswer>> body)
    {
        var result = await parts.Get<IApiBoundary>().AnswerAsync(context.Request, body);
        var answered = new DefaultHttpContext { RequestServices = context.RequestServices };
        using var written = new MemoryStream();
        answered.Response.Body = written;
        await result.ExecuteAsync(answered);
        return new Answer(
            (System.Net.HttpStatusCode)answered.Response.StatusCode,
            System.Text.Encoding.UTF8.GetString(written.ToArray()),
            answered.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
