using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_client_asks_for_a_token(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string BasicDemo = "Basic ZGVtby1jbGllbnQ6ZGVtby1jbGllbnQtc2VjcmV0";

    private SingapayClient Singapay => shared.App.Singapay;

    [Theory]
    [InlineData("""{"grant_type":"client_credentials"}""", "application/json")]
    [InlineData("""{"grantType":"client_credentials"}""", "application/json; charset=utf-8")]
    [InlineData("""{"grant_type":"client_credentials","scope":"all","grantType":7}""", "application/json")]
    [InlineData("""{"grant_type":"client_credentials"}""", null)]
    [InlineData("grant_type=client_credentials", Form)]
    [InlineData("scope=all&grantType=client_credentials", Form + "; charset=UTF-8")]
    public async Task Should_answer_it_as_published_to_both_proofs_of_the_secret(string body, string? contentType)
    {
        var basic = await Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, body, BasicDemo, SingapayClient.PartnerId, contentType);
        var signed = await SignedAsync(body: body, contentType: contentType);

        foreach (var (answer, path) in new[] { (basic, SingapayClient.TokenV10Path), (signed, SingapayClient.TokenV11Path) })
        {
            answer.Expect(HttpStatusCode.OK);
            Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
            Assert.Equal(["status", "success", "data"], answer.Json.EnumerateObject().Select(member => member.Name));
            Assert.Equal((200, true), (answer.Json.GetProperty("status").GetInt32(), answer.Json.GetProperty("success").GetBoolean()));
            var data = answer.Json.GetProperty("data");
            Assert.Equal(["access_token", "token_type", "expires_in"], data.EnumerateObject().Select(member => member.Name));
            Assert.Equal(("Bearer", JsonValueKind.String, "3600"), (data.GetProperty("token_type").GetString(), data.GetProperty("expires_in").ValueKind, data.GetProperty("expires_in").GetString()));
            var token = data.GetProperty("access_token").GetString()!;
            Assert.Equal(SingapayClient.ClientId, await shared.App.Services.GetRequiredService<AccessTokens>().ReadAsync(token));
            Assert.Equal(new Uri(shared.App.BaseAddress, path).AbsoluteUri, Claim(token, "iss"));
        }
    }

    [Fact]
    public async Task Should_take_a_body_that_comes_in_chunks_and_header_names_in_any_case()
    {
        using var http = new HttpClient(new ContractHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shared.App.BaseAddress, SingapayClient.TokenV11Path))
        {
            Content = new StringContent(SingapayClient.TokenRequest, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("x-partner-id", SingapayClient.PartnerId);
        request.Headers.Add("X-Client-Id", SingapayClient.ClientId);
        request.Headers.Add("X-SIGNATURE", Signature());
        request.Headers.Add("X-Timestamp", "1766734245");

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic ZGVtby1jbGllbnQ=")]
    [InlineData("Bearer ZGVtby1jbGllbnQ6ZGVtby1jbGllbnQtc2VjcmV0")]
    [InlineData("demo-client:wrong")]
    [InlineData("demo-client:")]
    [InlineData("demo-client:demo-client-secret ")]
    [InlineData("DEMO-CLIENT:demo-client-secret")]
    [InlineData("nobody:demo-client-secret")]
    [InlineData(":demo-client-secret")]
    [InlineData("a/b?c#d\\e:demo-client-secret")]
    public async Task Should_answer_one_and_the_same_401_to_whatever_does_not_prove_the_secret(string? basic)
    {
        var header = basic?.Contains(':', StringComparison.Ordinal) == true ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)) : basic;

        await RefusedAsync(
            () => Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, SingapayClient.TokenRequest, header, SingapayClient.PartnerId), 401, "Invalid credentials");
    }

    [Theory]
    [InlineData(SingapayClient.ClientId, "00")]
    [InlineData(SingapayClient.ClientId, "")]
    [InlineData(SingapayClient.ClientId, null)]
    [InlineData("nobody", "right")]
    [InlineData("", "right")]
    [InlineData(null, "right")]
    public async Task Should_answer_401_to_a_signature_that_is_not_the_clients(string? clientId, string? signature) =>
        await RefusedAsync(() => SignedAsync(clientId, signature == "right" ? Signature() : signature), 401, "Invalid credentials");

    [Fact]
    public async Task Should_answer_401_to_yesterdays_signature()
    {
        // Not within minutes of a midnight in Jakarta: two days ago is wrong at any time.
        var signature = TokenRequestSignature.Of(
            SingapayClient.ClientId, SingapayClient.ClientSecret, TimeProvider.System.GetUtcNow().AddHours(7).AddDays(-2).ToString("yyyyMMdd", CultureInfo.InvariantCulture));

        await RefusedAsync(() => SignedAsync(signature: Convert.ToHexStringLower(signature)), 401, "Invalid credentials");
    }

    [Fact]
    public async Task Should_ask_for_the_partner_id_and_compare_it_only_once_the_secret_is_proved()
    {
        Task<Answer> Asked(string? partner, string basic = BasicDemo) =>
            Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, SingapayClient.TokenRequest, basic, partner);

        await RefusedAsync(() => Asked(null), 401, "The header X-PARTNER-ID is required: the API key of your credential.");
        await RefusedAsync(() => Asked(""), 401, "The header X-PARTNER-ID is required: the API key of your credential.");
        await RefusedAsync(() => Asked("00000000-0000-4000-8000-000000000000"), 403, "Invalid X-PARTNER-ID");
        await RefusedAsync(() => Asked(SingapayClient.PartnerId.ToUpperInvariant()), 403, "Invalid X-PARTNER-ID");
        await RefusedAsync(() => Asked("00000000-0000-4000-8000-000000000000", "Basic eDp5"), 401, "Invalid credentials");
        await RefusedAsync(() => SignedAsync(partner: null), 401, "The header X-PARTNER-ID is required: the API key of your credential.");
        await RefusedAsync(() => SignedAsync(partner: "x"), 403, "Invalid X-PARTNER-ID");
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("", null)]
    [InlineData("""{"grant_type":null}""", "application/json")]
    [InlineData("""{"grant_type":""}""", "application/json")]
    [InlineData("""{"grant_type":"password"}""", "application/json")]
    [InlineData("""{"grant_type":"Client_Credentials"}""", "application/json")]
    [InlineData("""{"grant_type":"client_credentials "}""", "application/json")]
    [InlineData("""{"grantType":"password"}""", "application/json")]
    [InlineData("""{"grant_type":7}""", "application/json")]
    [InlineData("""{"grant_type":true}""", "application/json")]
    [InlineData("""{"grant_type":["client_credentials"]}""", "application/json")]
    [InlineData("""{"grant_type":{"a":1}}""", "application/json")]
    [InlineData("""{"grant_type":"\ud800"}""", "application/json")]
    [InlineData("", Form)]
    [InlineData("grant_type=", Form)]
    [InlineData("grant_type=password", Form)]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", Form)]
    public async Task Should_answer_422_with_the_fields_name_to_another_grant(string body, string? contentType)
    {
        var basic = await RefusedAsync(
            () => Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, body, BasicDemo, SingapayClient.PartnerId, contentType), 422, "Validation error");
        var signed = await RefusedAsync(() => SignedAsync(body: body, contentType: contentType), 422, "Validation error");

        foreach (var answer in new[] { basic, signed })
        {
            var errors = answer.Json.GetProperty("error").GetProperty("errors");
            Assert.Equal(["grant_type"], errors.EnumerateObject().Select(member => member.Name));
            Assert.NotEmpty(Assert.Single(errors.GetProperty("grant_type").EnumerateArray()).GetString()!);
        }
    }

    [Fact]
    public async Task Should_answer_422_to_a_grant_that_is_too_long() => await RefusedAsync(
        () => Singapay.RequestTokenAsync($$"""{"grant_type":"{{new string('c', 101)}}"}"""), 422, "Validation error");

    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("null", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("\"client_credentials\"", "application/json", 400)]
    [InlineData("""{"grant_type":"client_credentials","grant_type":"password"}""", "application/json", 400)]
    [InlineData("grant_type=client_credentials", "application/json", 400)]
    [InlineData("<grant_type/>", "application/xml", 415)]
    [InlineData("""{"grant_type":"client_credentials"}""", "text/plain", 415)]
    [InlineData("--b\r\n", "multipart/form-data; boundary=b", 415)]
    public async Task Should_answer_a_body_that_is_none_in_Singapays_shape(string body, string contentType, int status)
    {
        await RefusedAsync(() => Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, body, BasicDemo, SingapayClient.PartnerId, contentType), status);
        await RefusedAsync(() => SignedAsync(body: body, contentType: contentType), status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(Form)]
    public async Task Should_answer_413_to_a_body_over_the_limit(string contentType) => await RefusedAsync(
        () => Singapay.SendAsync(HttpMethod.Post, SingapayClient.TokenV10Path, new string('x', 65_537), BasicDemo, SingapayClient.PartnerId, contentType), 413);

    [Fact]
    public async Task Should_cost_one_read_and_none_while_the_credential_is_remembered()
    {
        var (client, _) = await CredentialAsync();
        using var merchant = client;
        shared.App.HttpTraffic.Forget();

        (await merchant.RequestTokenAsync()).Expect(HttpStatusCode.OK);
        Assert.Equal("GET", Assert.Single(shared.App.HttpTraffic.Requests).Method);

        (await merchant.RequestTokenAsync()).Expect(HttpStatusCode.OK);
        Assert.Single(shared.App.HttpTraffic.Requests);
    }

    [Fact]
    public async Task Should_store_no_secret_that_can_be_read_and_log_none()
    {
        var (client, secret) = await CredentialAsync();
        using var merchant = client;
        var token = await merchant.TokenAsync();

        var stored = await StoredRows.OfAsync(shared.App.Connection, "paysgaccess", "");
        Assert.NotEmpty(stored);
        foreach (var text in stored.SelectMany(row => row.Keys.Select(column => row[column])).OfType<string>())
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(shared.App.Log.All, line => line.Message.Contains(secret, StringComparison.Ordinal) || line.Message.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1.0/nothing")]
    [InlineData("/API/v1.0/access-token/b2b/more")]
    public async Task Should_find_no_other_path_below_api_in_Singapays_shape(string path) =>
        await RefusedAsync(() => Singapay.GetAsync(path), 404, $"The route {path[1..]} could not be found.");

    [Fact]
    public async Task Should_name_the_methods_of_a_path_in_Singapays_shape()
    {
        var answer = await RefusedAsync(
            () => Singapay.GetAsync(SingapayClient.TokenV10Path),
            405,
            "The GET method is not supported for route api/v1.0/access-token/b2b. Supported methods: POST.");

        Assert.Equal("POST", answer.Headers["Allow"]);
    }

    /// <summary>Sends a request that must be refused: in Singapay's shape, with nothing stored.</summary>
    private async Task<Answer> RefusedAsync(Func<Task<Answer>> send, int status, string? message = null)
    {
        shared.App.HttpTraffic.Forget();
        var answer = (await send()).Expect((HttpStatusCode)status);

        answer.ExpectSingapayError(status, message);
        Assert.DoesNotContain(shared.App.HttpTraffic.Requests, request => request.Method != "GET");
        return answer;
    }

    private Task<Answer> SignedAsync(
        string? clientId = SingapayClient.ClientId,
        string? signature = "right",
        string? partner = SingapayClient.PartnerId,
        string body = SingapayClient.TokenRequest,
        string? contentType = "application/json")
    {
        var headers = new[] { ("X-CLIENT-ID", clientId), ("X-Signature", signature == "right" ? Signature() : signature) };
        return Singapay.SendAsync(
            HttpMethod.Post,
            SingapayClient.TokenV11Path,
            body,
            null,
            partner,
            contentType,
            [.. headers.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))]);
    }

    private static string Signature() => Convert.ToHexStringLower(TokenRequestSignature.Of(
        SingapayClient.ClientId, SingapayClient.ClientSecret, TimeProvider.System.GetUtcNow().AddHours(7).ToString("yyyyMMdd", CultureInfo.InvariantCulture)));

    private static string? Claim(string token, string name) =>
        JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).GetProperty(name).GetString();

    private async Task<(SingapayClient Client, string Secret)> CredentialAsync()
    {
        var ids = shared.App.Services.GetRequiredService<IdGenerator>();
        var credentials = shared.App.Services.GetRequiredService<CredentialStore>();
        var credential = credentials.Prepare(SingapayClient.AccountId, "test");
        var secret = ids.NewClientSecret();
        Assert.Null(await credentials.IssueAsync(credential, secret, new EntityGroup(ids.NewWriteId())));
        return (new SingapayClient(shared.App.BaseAddress, credential.AccountId, credential.ClientId, secret, credential.PartnerId), secret);
    }
}
