using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls the Singapay API as a merchant does: with an access token, which it gets when it is first needed.</summary>
public sealed class SingapayClient(
    Uri baseAddress,
    string accountId = SingapayClient.AccountId,
    string clientId = SingapayClient.ClientId,
    string clientSecret = SingapayClient.ClientSecret,
    string partnerId = SingapayClient.PartnerId) : IDisposable
{
    public const string AccountId = "01K7P073Q8RE2A9PQT8Q7MXPN4";
    public const string ClientId = "demo-client";
    public const string ClientSecret = "demo-client-secret";
    public const string PartnerId = "b3ed7d4b-a96c-6c08-b3c7-12c3124242d9";

    public const string TokenV10Path = "/api/v1.0/access-token/b2b";
    public const string TokenV11Path = "/api/v1.1/access-token/b2b";
    public const string TokenRequest = """{"grant_type":"client_credentials"}""";

    private readonly HttpClient http = new(new ContractHandler()) { BaseAddress = baseAddress, Timeout = TimeSpan.FromSeconds(100) };
    private string? token;

    /// <summary>The account that it calls for.</summary>
    public string Account => accountId;

    /// <summary>The id of the credential that it uses.</summary>
    public string Id => clientId;

    /// <summary>The secret that it uses.</summary>
    public string Secret => clientSecret;

    /// <summary>The X-PARTNER-ID that it sends.</summary>
    public string Partner => partnerId;

    /// <summary>The path of the account's links, or of one.</summary>
    public string LinksPath(long? linkId = null) =>
        $"/api/v1.0/payment-link-manage/{accountId}" + (linkId is null ? "" : FormattableString.Invariant($"/{linkId}"));

    /// <summary>An access token, asked for once.</summary>
    public async Task<string> TokenAsync() =>
        token ??= (await RequestTokenAsync()).Expect(HttpStatusCode.OK).Json.GetProperty("data").GetProperty("access_token").GetString()!;

    /// <summary>Asks for a token by version 1.0: with the secret in the header.</summary>
    public Task<Answer> RequestTokenAsync(string body = TokenRequest) => SendAsync(
        HttpMethod.Post, TokenV10Path, body, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")), partnerId);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string? body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, string? body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Sends a call with the token and the X-PARTNER-ID of this client.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body, string contentType = "application/json") =>
        await SendAsync(method, path, body, "Bearer " + await TokenAsync(), partnerId, contentType);

    /// <summary>Sends a call with these headers; null: without. Clients of Singapay declare JSON even where they send none, and so does this one.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        string? body,
        string? authorization,
        string? partner,
        string? contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? "")) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (partner is not null)
            request.Headers.TryAddWithoutValidation("X-PARTNER-ID", partner);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Answer.ReadAsync(await http.SendAsync(request));
    }

    public void Dispose() => http.Dispose();
}
