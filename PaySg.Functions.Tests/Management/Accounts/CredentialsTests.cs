using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Management.Accounts;

public sealed class CredentialsTests(ManagedApp managed) : IClassFixture<ManagedApp>
{
    private ManagementClient Management => managed.Management;

    [Fact]
    public async Task A_credential_is_shown_once_and_gets_tokens_for_its_account()
    {
        var account = await Management.CreatedAccountAsync();
        var issued = (await Management.PostAsync(ManagementClient.CredentialsPath(account), """{"label":"till 7"}""")).Expect(HttpStatusCode.Created);

        Assert.Equal(["client_id", "client_secret", "api_key", "label", "created_at"], issued.Json.EnumerateObject().Select(field => field.Name));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", issued["client_id"]);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", issued["client_secret"]);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", issued["api_key"]);
        Assert.Equal("till 7", issued["label"]);
        Assert.Matches(@"\+08:00$", issued["created_at"]);
        using var client = new SingapayClient(managed.App.BaseAddress, account, issued["client_id"]!, issued["client_secret"]!, issued["api_key"]!);
        (await client.RequestTokenAsync()).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_list_shows_credentials_without_secrets_the_oldest_first()
    {
        var account = await Management.CreatedAccountAsync();
        var clients = new List<SingapayClient>();
        for (var i = 0; i < 3; i++)
            clients.Add(await Management.IssuedCredentialAsync(account));

        var page = (await Management.GetAsync($"{ManagementClient.CredentialsPath(account)}?limit=2")).Expect(HttpStatusCode.OK);
        var cursor = page.Json.GetProperty("page_info").GetProperty("end_cursor").GetString();
        var rest = (await Management.GetAsync($"{ManagementClient.CredentialsPath(account)}?after={cursor}")).Expect(HttpStatusCode.OK);

        Assert.Equal(clients.Select(client => client.Id).Order(StringComparer.Ordinal), IdsOf(page).Concat(IdsOf(rest)));
        Assert.Equal(["client_id", "api_key", "label", "created_at"], page.Json.GetProperty("data")[0].EnumerateObject().Select(field => field.Name));
        Assert.True(page.Json.GetProperty("page_info").GetProperty("has_next_page").GetBoolean());
        Assert.False(rest.Json.GetProperty("page_info").GetProperty("has_next_page").GetBoolean());
        Assert.All(clients, client => Assert.DoesNotContain(client.Secret, page.Body + rest.Body, StringComparison.Ordinal));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task The_demo_credential_is_listed_too()
    {
        var page = (await Management.GetAsync(ManagementClient.CredentialsPath())).Expect(HttpStatusCode.OK);

        Assert.Contains("demo-client", IdsOf(page));
        Assert.Empty(IdsOf((await Management.GetAsync($"{ManagementClient.CredentialsPath()}?after=demo-client")).Expect(HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"label":null}""")]
    [InlineData("""{"label":""}""")]
    [InlineData("""{"label":" "}""")]
    [InlineData("""{"label":5}""")]
    [InlineData("""{"label":["l"]}""")]
    [InlineData("""{"label":"LONG101"}""")]
    public async Task A_label_that_is_wrong_is_named(string body)
    {
        var refused = (await Management.PostAsync(ManagementClient.CredentialsPath(), body.Replace("LONG101", new string('l', 101), StringComparison.Ordinal))).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Equal(["label"], refused.ErrorFields);
    }

    [Fact]
    public async Task A_revoked_credential_is_off_the_list_and_not_found_again()
    {
        var account = await Management.CreatedAccountAsync();
        using var client = await Management.IssuedCredentialAsync(account);
        var path = $"{ManagementClient.CredentialsPath(account)}/{client.Id}";

        Assert.Equal("", (await Management.DeleteAsync(path)).Expect(HttpStatusCode.NoContent).Body);

        Assert.Empty(IdsOf(await Management.GetAsync(ManagementClient.CredentialsPath(account))));
        Assert.Equal("credential_not_found", (await Management.DeleteAsync(path)).Expect(HttpStatusCode.NotFound).ErrorCode);
        (await client.RequestTokenAsync()).ExpectSingapayError(401, "Invalid credentials");
        Assert.DoesNotContain(await StoredRows.OfAsync(managed.App.Connection, "paysgaccess", "client"), row => row.PartitionKey.EndsWith(client.Id, StringComparison.Ordinal) && row.ContainsKey("secret"));
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    [InlineData("%23")]
    [InlineData("x")]
    public async Task An_unknown_credential_is_not_found(string id) => Assert.Equal(
        "credential_not_found", (await Management.DeleteAsync($"{ManagementClient.CredentialsPath()}/{id}", "k")).Expect(HttpStatusCode.NotFound).ErrorCode);

    [Fact]
    public async Task A_credential_of_another_account_is_not_found_and_goes_on_working()
    {
        var (owner, other) = (await Management.CreatedAccountAsync(), await Management.CreatedAccountAsync());
        using var client = await Management.IssuedCredentialAsync(owner);

        Assert.Equal("credential_not_found", (await Management.DeleteAsync($"{ManagementClient.CredentialsPath(other)}/{client.Id}")).Expect(HttpStatusCode.NotFound).ErrorCode);

        (await client.RequestTokenAsync()).Expect(HttpStatusCode.OK);
        Assert.Empty(IdsOf(await Management.GetAsync(ManagementClient.CredentialsPath(other))));
    }

    [Fact]
    public async Task A_keyed_request_is_done_once_and_its_repetition_shows_no_secret()
    {
        const string body = """{"label":"l"}""";
        var account = await Management.CreatedAccountAsync();
        var path = ManagementClient.CredentialsPath(account);
        var issued = (await Management.PostAsync(path, body, "key-1")).Expect(HttpStatusCode.Created);

        var again = (await Management.PostAsync(path, body, "key-1")).Expect(HttpStatusCode.Created);

        Assert.Equal(issued.Body.Replace($"\"{issued["client_secret"]}\"", "null", StringComparison.Ordinal), again.Body);
        Assert.Null(again["client_secret"]);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Single(IdsOf(await Management.GetAsync(path)));
        Assert.Equal("idempotency_key_mismatch", (await Management.PostAsync(path, """{"label":"m"}""", "key-1")).Expect(HttpStatusCode.Conflict).ErrorCode);

        (await Management.DeleteAsync($"{path}/{issued["client_id"]}", "revoke-1")).Expect(HttpStatusCode.NoContent);
        var revokedAgain = (await Management.DeleteAsync($"{path}/{issued["client_id"]}", "revoke-1")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(("true", ""), (revokedAgain.Headers["Idempotent-Replayed"], revokedAgain.Body));
    }

    private static IReadOnlyList<string> IdsOf(Answer page) =>
        [.. page.Json.GetProperty("data").EnumerateArray().Select(credential => credential.GetProperty("client_id").GetString()!)];
}
