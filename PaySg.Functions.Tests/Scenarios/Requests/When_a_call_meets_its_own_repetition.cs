using System.Net;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Two calls with one key at once: the second looks for the key's record before the first has written it, and reads the rows when it has. What it meets there
/// is its own effect, and no reason to refuse it.
/// </summary>
public sealed class When_a_call_meets_its_own_repetition : IAsyncLifetime
{
    private const string Key = "one-and-the-same";
    private PaySgApp app = null!;
    private ManagementClient manager = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" });
        manager = new ManagementClient(app.Client.BaseAddress);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData("cancel", "paysgpayments")]
    [InlineData("mail a payment's link", "paysgpayments")]
    [InlineData("refund", "paysgpayments")]
    [InlineData("delete an endpoint", "paysgwebhooks")]
    [InlineData("rotate a secret", "paysgwebhooks")]
    [InlineData("revoke an API key", "paysgaccess")]
    [InlineData("revoke a credential", "paysgaccess")]
    [InlineData("register the hundredth endpoint", "paysgwebhooks")]
    [InlineData("start a recovery", "paysgwebhooks")]
    public async Task Should_answer_both_alike(string what, string table)
    {
        var call = await PreparedAsync(what);
        var isHolding = true;
        var held = HeldRequests.On(app.HttpTraffic, request =>
            isHolding && request.Method == "GET" && request.Url.AbsolutePath.Contains(table, StringComparison.Ordinal)
            && !request.Url.AbsolutePath.Contains("RowKey='k%3A", StringComparison.Ordinal));

        var second = call();
        await held.Arrived;
        isHolding = false;
        var first = await call();
        held.Release();

        Assert.InRange((int)first.Status, 200, 204);
        Assert.Equal((first.Status, WithoutSecret(first.Body)), ((await second).Status, WithoutSecret((await second).Body)));
        Assert.True((await second).Headers.ContainsKey("Idempotent-Replayed"));
    }

    /// <summary>A secret is shown once: in a repetition it is null.</summary>
    private static string WithoutSecret(string body) => Regex.Replace(body, "\"secret\":(?:\"[^\"]*\"|null)", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>The call, and all that has to be there before it.</summary>
    private async Task<Func<Task<Answer>>> PreparedAsync(string what)
    {
        var id = await app.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("payer_email", "payer@example.sg"));
        switch (what)
        {
            case "cancel":
                return () => app.Client.CancelAsync(id, Key);
            case "mail a payment's link":
                return () => app.Client.PostAsync($"{ApiClient.PaymentsPath}/{id}/send-email", "{}", idempotencyKey: Key);
            case "refund":
                (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
                return () => app.Client.RefundAsync(id, 1130, Key);
            case "delete an endpoint" or "rotate a secret":
                var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("https://8.8.8.8/hook")));
                return what == "rotate a secret"
                    ? () => app.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/rotate-secret", "{}", idempotencyKey: Key)
                    : () => app.Client.DeleteAsync(ApiClient.EndpointPath(endpoint), idempotencyKey: Key);
            case "revoke an API key":
                var (key, _) = await manager.IssuedKeyAsync();
                return () => manager.DeleteAsync($"{ManagementClient.KeysPath()}/{key}", Key);
            case "revoke a credential":
                var credential = (await manager.PostAsync(ManagementClient.CredentialsPath(), """{"label":"l"}""")).Expect(HttpStatusCode.Created)["client_id"];
                return () => manager.DeleteAsync($"{ManagementClient.CredentialsPath()}/{credential}", Key);
            case "start a recovery":
                var (failing, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("https://8.8.8.8/hook")));
                return () => app.Client.PostAsync($"{ApiClient.EndpointPath(failing)}/recover", """{"since":"2026-01-01T00:00:00Z"}""", idempotencyKey: Key);
            default:
                for (var there = (await app.Client.GetAsync(ApiClient.EndpointsPath)).Json.GetProperty("data").GetArrayLength(); there < 99; there++)
                    await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri($"https://8.8.8.8/hook?{there}")));
                return () => app.Client.PostAsync(ApiClient.EndpointsPath, A.WebhookEndpoint(new Uri("https://8.8.8.8/hook")).ToString(), idempotencyKey: Key);
        }
    }
}
