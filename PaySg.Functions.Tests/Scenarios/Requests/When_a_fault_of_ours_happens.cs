using System.Net;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_fault_of_ours_happens(SharedApp shared) : IClassFixture<SharedApp>, IDisposable
{
    // Holds what each function needs, and each ignores what it does not know.
    private const string Body = """
        {"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1130,"webhook_url":"https://8.8.8.8/hook","outcome":"succeeded"}
        """;

    public static TheoryData<string, string> Calls => new()
    {
        { "POST", ApiClient.PaymentsPath },
        { "GET", $"{ApiClient.PaymentsPath}/{{payment}}" },
        { "POST", ApiClient.EndpointsPath },
        { "GET", ApiClient.EndpointsPath },
        { "GET", $"{ApiClient.EndpointsPath}/we_01234567-89ab-7def-8123-456789abcdef" },
        { "POST", "/sandbox/payments/{payment}" },
    };

    public void Dispose() => shared.App.HttpTraffic.BeforeSend = static _ => { };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Should_answer_500_in_the_APIs_shape_and_log_it_under_the_same_request_id(string method, string path)
    {
        // Once the key and the code of the payment service are remembered, the fault meets the function's own reads and writes.
        var call = path.Replace("{payment}", await shared.Client.CreatedPaymentAsync(), StringComparison.Ordinal);
        (await shared.Client.PayAsync(await shared.Client.CreatedPaymentAsync())).Expect(HttpStatusCode.OK);
        shared.App.HttpTraffic.BeforeSend = request => throw new InvalidOperationException($"inner secret of {request.Url}");

        var answer = await shared.FailedAsync(api => SendAsync(api, method, call), 500, "internal_error");

        Assert.Equal("api_error", answer.Json.GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("inner secret", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("paysgpayments", answer.Body, StringComparison.Ordinal);
        var line = Assert.Single(shared.App.Log.Of(1001), line => line.Message.Contains(answer.Headers["x-request-id"], StringComparison.Ordinal));
        Assert.Equal((LogLevel.Error, true), (line.Level, line.Exception is InvalidOperationException));
    }

    [Fact]
    public async Task Should_answer_500_where_the_key_cannot_be_looked_up()
    {
        shared.App.HttpTraffic.BeforeSend = static _ => throw new InvalidOperationException();

        await shared.FailedAsync(api => api.GetAsync(ApiClient.EndpointsPath, "paysg_stag_unknown"), 500, "internal_error");
    }

    private static async Task<Answer> SendAsync(ApiClient api, string method, string path)
    {
        using var content = method == "POST" ? new StringContent(Body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) : null;
        return await api.SendAsync(new HttpMethod(method), path, content);
    }
}
