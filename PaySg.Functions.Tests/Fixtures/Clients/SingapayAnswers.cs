using System.Text.Json;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>What answers of the Singapay API look like.</summary>
public static class SingapayAnswers
{
    /// <summary>An error in Singapay's shape, with its id, and nothing of our insides shown.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="status">The status, which the body repeats twice.</param>
    /// <param name="message">The message; null: any.</param>
    /// <param name="fields">The fields that it names; none: it does not matter which.</param>
    public static Answer ExpectSingapayError(this Answer answer, int status, string? message = null, params string[] fields)
    {
        Assert.True((int)answer.Status == status, $"Expected {status}, got {(int)answer.Status}: {answer.Body}");
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Matches("^req_[0-9a-f]{24}$", answer.Headers["x-request-id"]);
        Assert.Equal(["status", "success", "error"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((status, false), (answer.Json.GetProperty("status").GetInt32(), answer.Json.GetProperty("success").GetBoolean()));
        var error = answer.Json.GetProperty("error");
        Assert.Equal((JsonValueKind.Number, status), (error.GetProperty("code").ValueKind, error.GetProperty("code").GetInt32()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        if (message is not null)
            Assert.Equal(message, error.GetProperty("message").GetString());
        if (fields.Length > 0)
            Assert.Equal(fields, error.GetProperty("errors").EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        return answer;
    }
}
