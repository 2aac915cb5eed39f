using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls the management API as an operator does.</summary>
public sealed class ManagementClient(Uri baseAddress)
{
    public const string Key = "paysg_management_demo";
    public const string ServicesPath = "/management/payment-services";

    private static readonly HttpClient Http = new(new ContractHandler());

    public static string KeysPath(string serviceId = ApiClient.ServiceId) => $"{ServicesPath}/{serviceId}/api-keys";

    public const string AccountsPath = "/management/accounts";

    public static string AccountPath(string accountId = SingapayClient.AccountId) => $"{AccountsPath}/{accountId}";

    public static string CredentialsPath(string accountId = SingapayClient.AccountId) => $"{AccountsPath}/{accountId}/credentials";

    public static string AccountMembersPath(string accountId = SingapayClient.AccountId) => $"{AccountsPath}/{accountId}/members";

    /// <summary>Creates an account that must be taken; its id.</summary>
    public async Task<string> CreatedAccountAsync(string? url = null) =>
        (await PostAsync(
            AccountsPath,
            $$"""{"name":"Merchant","email":"merchant@example.com","phone":"081234","transaction_notif_url":{{(url is null ? "null" : $"\"{url}\"")}}}""")).Expect(HttpStatusCode.Created)["id"]!;

    /// <summary>Issues a credential that must be taken; a client that uses it.</summary>
    public async Task<SingapayClient> IssuedCredentialAsync(string accountId)
    {
        var answer = (await PostAsync(CredentialsPath(accountId), """{"label":"till"}""")).Expect(HttpStatusCode.Created);
        return new SingapayClient(baseAddress, accountId, answer["client_id"]!, answer["client_secret"]!, answer["api_key"]!);
    }

    /// <summary>Creates a payment service that must be taken; its id.</summary>
    public async Task<string> CreatedServiceAsync(string name = "Ministry of Tests") =>
        (await PostAsync(ServicesPath, $$"""{"name":"{{name}}"}""")).Expect(HttpStatusCode.Created)["id"]!;

    /// <summary>Issues a key that must be taken; its id and secret.</summary>
    public async Task<(string Id, string Secret)> IssuedKeyAsync(string serviceId = ApiClient.ServiceId, string permissions = "\"view\"")
    {
        var answer = (await PostAsync(KeysPath(serviceId), $$"""{"label":"till","permissions":[{{permissions}}]}""")).Expect(HttpStatusCode.Created);
        return (answer["id"]!, answer["key"]!);
    }

    /// <summary>Invites somebody who must be taken; their id.</summary>
    public async Task<string> InvitedMemberAsync(string email, string? path = null, string permissions = "\"view\"") =>
        (await PostAsync(path ?? $"{ServicesPath}/{ApiClient.ServiceId}/members", $$"""{"email":"{{email}}","permissions":[{{permissions}}]}""")).Expect(HttpStatusCode.OK)["id"]!;

    public Task<Answer> GetAsync(string path, string? key = Key) => SendAsync(HttpMethod.Get, path, null, key);

    public Task<Answer> PostAsync(string path, string body, string? idempotencyKey = null, string? key = Key) =>
        SendAsync(HttpMethod.Post, path, body, key, idempotencyKey);

    public Task<Answer> PatchAsync(string path, string body, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Patch, path, body, Key, idempotencyKey);

    public Task<Answer> DeleteAsync(string path, string? idempotencyKey = null) => SendAsync(HttpMethod.Delete, path, null, Key, idempotencyKey);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body, string? key, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(baseAddress, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        if (key is not null)
            request.Headers.Add("x-management-key", key);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Answer.ReadAsync(await Http.SendAsync(request));
    }
}
