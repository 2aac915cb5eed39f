
namespace PaySg.Functions.Tests.Fixtures;

/// <summary>One product for all tests of a class that do not disturb each other.</summary>
public class SharedApp : IAsyncLifetime
{
    public PaySgApp App { get; private set; } = null!;

    public ApiClient Client => App.Client;

    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync() => App = await PaySgApp.StartAsync(settings: Settings);

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>Sends a request that must be refused: in the API's shape, with its id, with nothing stored and nothing of our insides shown.</summary>
    /// <param name="send">The request.</param>
    /// <param name="status">The documented status.</param>
    /// <param name="code">The documented code.</param>
    /// <param name="fields">The fields that are named.</param>
    public async Task<Answer> RefusedAsync(Func<ApiClient, Task<Answer>> send, int status, string code, params string[] fields)
    {
        App.HttpTraffic.Forget();
        var answer = await FailedAsync(send, status, code, fields);

        Assert.DoesNotContain(App.HttpTraffic.Requests, request => request.Method != "GET");
        return answer;
    }

    /// <summary>Sends a request that must fail: in the API's shape, with its id, and nothing of our insides shown.</summary>
    public async Task<Answer> FailedAsync(Func<ApiClient, Task<Answer>> send, int status, string code, params string[] fields)
    {
        var answer = (await send(Client)).Expect((System.Net.HttpStatusCode)status);

        Assert.Equal((code, "application/json; charset=utf-8"), (answer.ErrorCode, answer.Headers["Content-Type"]));
        Assert.Equal(["error"], answer.Json.EnumerateObject().Select(member => member.Name));
        var error = answer.Json.GetProperty("error");
        Assert.Equal(["type", "code", "message", "data"], error.EnumerateObject().Select(member => member.Name));
        Assert.Matches("^[a-z_]+$", error.GetProperty("type").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Matches("^req_[0-9a-f]{24}$", answer.Headers["x-request-id"]);
        Assert.Equal(answer.Headers["x-request-id"], error.GetProperty("data").GetProperty("request_id").GetString());
        Assert.Equal(fields, answer.ErrorFields);
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        return answer;
    }
}
