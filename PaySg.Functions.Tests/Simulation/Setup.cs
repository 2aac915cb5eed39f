using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Simulation;

/// <summary>What every run begins with: a payment service with a key, and an account with a credential, a token and an endpoint.</summary>
internal sealed record Setup(StorageModel Storage, string ServiceId, string ApiKey, string AccountId, string PartnerId, string Token, string AccountUrl)
{
    private static readonly Lazy<Setup> Made = new(Make);

    public static Setup Once => Made.Value;

    private static Setup Make()
    {
        const string Url = "https://198.51.100.9/notify";
        var world = new World(0);
        var weather = Weather.Of(0);
        weather.IsRough = false;
        var storage = new StorageModel();
        var network = new SimNetwork(world, weather, storage);
        var process = new SimProcess(world, network, -1, 0, default);
        Setup? setup = null;
        Exception? failure = null;
        world.In(default, () => _ = RunAsync());
        world.Run();
        return setup ?? throw new SimulationFailure($"The begin failed: {failure ?? world.Broken}");

        async Task RunAsync()
        {
            try
            {
                await process.Services.GetRequiredService<PaySgTables>().CreateMissingAsync(CancellationToken.None);
                await process.Services.GetRequiredService<PaySgQueues>().CreateMissingAsync(CancellationToken.None);
                var management = new Dictionary<string, string> { ["x-management-key"] = SimProcess.ManagementKey, ["CLIENT-IP"] = "198.51.100.1" };
                async Task<System.Text.Json.JsonElement> AskAsync(
                    string function,
                    string body,
                    IReadOnlyDictionary<string,
                    string> headers,
                    params (string, string)[] route)
                {
                    var answer = await process.CallAsync(function, "POST", body, headers, route);
                    return answer.Status is 200 or 201 ? answer.Json : throw new SimulationFailure($"{function}: {answer.Status} {answer.Text}");
                }

                var service = (await AskAsync("CreatePaymentService", """{"name":"Agency"}""", management)).GetProperty("id").GetString()!;
                var key = (await AskAsync(
                    "CreateApiKey", """{"label":"till","permissions":["administrator","billing","refund","view"]}""", management,
                    ("paymentServiceId", service)))
                    .GetProperty("key").GetString()!;
                var account = (await AskAsync(
                    "CreateAccount", $$"""{"name":"Merchant","email":"merchant@example.com","phone":"081234","transaction_notif_url":"{{Url}}"}""", management))
                    .GetProperty("id").GetString()!;
                var credential = await AskAsync("CreateCredential", """{"label":"till"}""", management, ("accountId", account));
                var (client, secret, partner) = (
                    credential.GetProperty("client_id").GetString()!, credential.GetProperty("client_secret").GetString()!, credential
                        .GetProperty("api_key").GetString()!);
                var token = await AskAsync("IssueAccessTokenV10", """{"grant_type":"client_credentials"}""", new Dictionary<string, string>
                {
                    ["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")),
                    ["X-PARTNER-ID"] = partner,
                    ["CLIENT-IP"] = "198.51.100.1",
                });
                setup = new Setup(storage, service, key, account, partner, token.GetProperty("data").GetProperty("access_token").GetString()!, Url);
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        }
    }
}
