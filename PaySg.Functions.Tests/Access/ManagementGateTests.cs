using System.Net;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

public sealed class ManagementGateTests
{
    private static readonly (HttpMethod Method, string Path)[] Calls =
    [
        (HttpMethod.Post, ManagementClient.ServicesPath),
        (HttpMethod.Get, ManagementClient.ServicesPath),
        (HttpMethod.Get, $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}"),
        (HttpMethod.Patch, $"{ManagementClient.ServicesPath}/{ApiClient.ServiceId}"),
        (HttpMethod.Post, ManagementClient.KeysPath()),
        (HttpMethod.Get, ManagementClient.KeysPath()),
        (HttpMethod.Delete, $"{ManagementClient.KeysPath()}/key_00000000-0000-7000-8000-000000000000"),
    ];

    [Fact]
    public async Task No_call_is_taken_without_the_right_key()
    {
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        app.HttpTraffic.Forget();

        foreach (var key in (string?[])[null, "paysg_management_dem", "paysg_management_demo1", "PAYSG_MANAGEMENT_DEMO", ApiClient.ApiKey])
        {
            foreach (var (method, path) in Calls)
                Assert.Equal("invalid_management_key", (await management.SendAsync(method, path, "{}", key)).Expect(HttpStatusCode.Unauthorized).ErrorCode);
        }

        Assert.Empty(app.HttpTraffic.Requests);
    }

    [Fact]
    public async Task While_the_key_is_rotated_the_one_before_is_taken_too()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string>
        {
            ["PaySg__ManagementKey"] = "the-key-of-this-year-1234", ["PaySg__PreviousManagementKey"] = "the-key-of-last-year-1234",
        });
        var management = new ManagementClient(app.BaseAddress);

        foreach (var key in (string[])["the-key-of-this-year-1234", "the-key-of-last-year-1234"])
            (await management.SendAsync(HttpMethod.Get, ManagementClient.ServicesPath, "", key)).Expect(HttpStatusCode.OK);
        (await management.SendAsync(HttpMethod.Get, ManagementClient.ServicesPath, "", ManagementClient.Key)).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_guesses_is_slowed_down_and_seen_and_the_operator_is_not_locked_out()
    {
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);
        const string guess = "0011223344556677889900aabbccddeeff00112233445566778899aabbccddee";

        var answers = new List<Answer>();
        for (var i = 0; i < ManagementGate.WrongAtOnce + 5; i++)
            answers.Add(await management.SendAsync(HttpMethod.Get, ManagementClient.ServicesPath, "", guess));

        Assert.Equal(HttpStatusCode.Unauthorized, answers[0].Status);
        var slowed = answers[^1].Expect(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_many_wrong_keys", slowed.ErrorCode);
        Assert.InRange(int.Parse(slowed.Headers["Retry-After"]), 1, 60);
        (await management.GetAsync(ManagementClient.ServicesPath)).Expect(HttpStatusCode.OK);
        var lines = app.Log.Of(1301);
        Assert.Equal(answers.Count, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, line.Level);
            Assert.Equal(("management_key", "0011… (64 characters)", "127.0.0.1"), (line.Properties["Kind"], line.Properties["Key"], line.Properties["Address"]));
            Assert.DoesNotContain(guess, line.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_management_API_can_be_closed_by_network_and_is_then_not_there_for_others()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string>
        {
            ["PaySg__Management__AllowedNetworks"] = "10.20.0.0/16, 2001:db8:1::/48", ["PaySg__ClientAddressHeader"] = "X-Azure-ClientIP",
        });

        foreach (var inside in (string[])["10.20.30.40", "10.20.30.40:5000", "[2001:db8:1::7]:5000"])
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, inside, HttpMethod.Get));
        foreach (var outside in (string?[])["10.21.0.1", "10.20.30.40, 203.0.113.7", "2001:db8:2::7", "", null])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, outside, HttpMethod.Get));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, outside, HttpMethod.Put));
        }

        Assert.Contains(app.Log.Of(1302), line => line.Properties["Address"] == "203.0.113.7");
    }

    [Fact]
    public async Task A_wrong_method_is_refused_with_those_that_are_taken()
    {
        await using var app = await PaySgApp.StartAsync();
        var management = new ManagementClient(app.BaseAddress);

        var refused = (await management.SendAsync(HttpMethod.Put, ManagementClient.ServicesPath, "{}", ManagementClient.Key)).Expect(HttpStatusCode.MethodNotAllowed);

        Assert.Equal("GET,HEAD,POST", refused.Headers["Allow"]);
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_management_api()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["PaySg__ManagementKey"] = "" });
        var management = new ManagementClient(app.BaseAddress);

        foreach (var (method, path) in Calls.Append((HttpMethod.Put, ManagementClient.ServicesPath)))
            Assert.Equal("not_found", (await management.SendAsync(method, path, "{}", ManagementClient.Key)).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(PaySgApp app, string? address, HttpMethod method)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(app.BaseAddress, ManagementClient.ServicesPath));
        request.Headers.Add("x-management-key", ManagementClient.Key);
        if (address is not null)
            request.Headers.TryAddWithoutValidation("X-Azure-ClientIP", address);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
