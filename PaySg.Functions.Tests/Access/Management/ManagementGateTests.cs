using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access.Management;

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
}
