using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Management.Accounts;

public sealed class AccountsTests(ManagedApp managed) : IClassFixture<ManagedApp>
{
    private const string Everything =
        """{"name":"Moh. Zulkifli Katili","email":"tes@gmail.com","phone":"08123993201","transaction_notif_url":"https://93.184.215.14/hook?src=pl"}""";

    private static readonly string[] Fields = ["id", "name", "email", "phone", "status", "transaction_notif_url", "logo_url", "created_at", "updated_at"];

    private static string Accounts => ManagementClient.AccountsPath;

    private ManagementClient Management => managed.Management;

    [Fact]
    public async Task An_account_has_what_it_was_created_with_and_a_webhook_that_is_enabled()
    {
        var created = (await Management.PostAsync(Accounts, Everything)).Expect(HttpStatusCode.Created);

        Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", created["id"]);
        Assert.Equal([.. Fields, "webhook"], created.Json.EnumerateObject().Select(field => field.Name));
        foreach (var field in JsonSerializer.Deserialize<JsonElement>(Everything).EnumerateObject())
            Assert.Equal(field.Value.ToString(), created[field.Name]);
        Assert.Equal("active", created["status"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$", created["created_at"]);
        Assert.Equal(created["created_at"], created["updated_at"]);
        var webhook = created.Json.GetProperty("webhook");
        Assert.Equal(["id", "status", "disabled_reason", "failing_since"], webhook.EnumerateObject().Select(field => field.Name));
        Assert.Matches("^we_[0-9a-f-]{36}$", webhook.GetProperty("id").GetString());
        Assert.Equal(("enabled", JsonValueKind.Null, JsonValueKind.Null), (webhook.GetProperty("status").GetString(), webhook.GetProperty("disabled_reason").ValueKind, webhook.GetProperty("failing_since").ValueKind));
        Assert.Equal(created.Body, (await Management.GetAsync($"{Accounts}/{created["id"]}")).Expect(HttpStatusCode.OK).Body);
    }

    [Theory]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1"}""")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":null,"status":"inactive","unknown":[]}""")]
    public async Task An_account_without_a_URL_has_a_webhook_that_is_disabled(string body)
    {
        var created = (await Management.PostAsync(Accounts, body)).Expect(HttpStatusCode.Created);

        Assert.Null(created["transaction_notif_url"]);
        Assert.Equal("active", created["status"]);
        Assert.Equal(("disabled", "no_url"), WebhookOf(created));
    }

    [Theory]
    [InlineData("{}", "name", "email", "phone")]
    [InlineData("""{"name":null,"email":null,"phone":null}""", "name", "email", "phone")]
    [InlineData("""{"name":" ","email":" ","phone":""}""", "name", "email", "phone")]
    [InlineData("""{"name":7,"email":true,"phone":81234}""", "name", "email", "phone")]
    [InlineData("""{"name":["n"],"email":{},"phone":["1"]}""", "name", "email", "phone")]
    [InlineData("""{"name":"LONG256","email":"a@example.com","phone":"1"}""", "name")]
    [InlineData("""{"name":"n","email":"LONG256@example.com","phone":"1"}""", "email")]
    [InlineData("""{"name":"n","email":"nobody","phone":"1"}""", "email")]
    [InlineData("""{"name":"n","email":"A <a@example.com>","phone":"1"}""", "email")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"123456789012345678901234567890123456789012345678901"}""", "phone")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":7}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":""}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"/hook"}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"http://93.184.215.14/hook"}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"https://10.0.0.1/hook"}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"https://169.254.169.254/"}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"https://user@93.184.215.14/"}""", "transaction_notif_url")]
    [InlineData("""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"https://93.184.215.14/LONG2048"}""", "transaction_notif_url")]
    public async Task A_field_that_is_wrong_is_named_and_nothing_is_stored(string body, params string[] fields)
    {
        managed.App.HttpTraffic.Forget();
        var sent = body.Replace("LONG256", new string('n', 256), StringComparison.Ordinal).Replace("LONG2048", new string('n', 2048), StringComparison.Ordinal);

        var refused = (await Management.PostAsync(Accounts, sent)).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Equal(fields, refused.ErrorFields);
        Assert.Empty(managed.App.HttpTraffic.Requests);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var created = (await Management.PostAsync(Accounts, Everything)).Expect(HttpStatusCode.Created);
        var path = $"{Accounts}/{created["id"]}";

        var changed = (await Management.PatchAsync(path, """{"name":"Zulkifli","status":"inactive"}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(("Zulkifli", "inactive"), (changed["name"], changed["status"]));
        foreach (var field in (string[])["id", "email", "phone", "transaction_notif_url", "created_at"])
            Assert.Equal(created[field], changed[field]);
        Assert.Equal(("enabled", null), WebhookOf(changed));
        Assert.Equal(changed.Body, (await Management.GetAsync(path)).Body);
        Assert.Equal("active", (await Management.PatchAsync(path, """{"status":"active"}""")).Expect(HttpStatusCode.OK)["status"]);
        (await Management.PatchAsync(path, "{}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_URL_can_be_taken_away_and_given_again()
    {
        var id = await Management.CreatedAccountAsync("https://93.184.215.14/one");
        var path = ManagementClient.AccountPath(id);

        var without = (await Management.PatchAsync(path, """{"transaction_notif_url":null}""")).Expect(HttpStatusCode.OK);
        Assert.Null(without["transaction_notif_url"]);
        Assert.Equal(("disabled", "no_url"), WebhookOf(without));
        Assert.Equal(without.Body, (await Management.GetAsync(path)).Body);

        var with = (await Management.PatchAsync(path, """{"transaction_notif_url":"https:\/\/93.184.215.14\/two"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("https://93.184.215.14/two", with["transaction_notif_url"]);
        Assert.Equal(("enabled", null), WebhookOf(with));
        Assert.Equal(with.Body, (await Management.GetAsync(path)).Body);
    }

    [Theory]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"email":null}""", "email")]
    [InlineData("""{"email":"x"}""", "email")]
    [InlineData("""{"phone":""}""", "phone")]
    [InlineData("""{"status":null}""", "status")]
    [InlineData("""{"status":"closed"}""", "status")]
    [InlineData("""{"status":"Active"}""", "status")]
    [InlineData("""{"status":1}""", "status")]
    [InlineData("""{"transaction_notif_url":"https://127.0.0.1.nip/\u0000"}""", "transaction_notif_url")]
    [InlineData("""{"name":"","status":"x","transaction_notif_url":"x"}""", "name", "status", "transaction_notif_url")]
    public async Task A_change_that_is_wrong_is_refused(string body, params string[] fields) =>
        Assert.Equal(fields, (await Management.PatchAsync(ManagementClient.AccountPath(), body)).Expect(HttpStatusCode.BadRequest).ErrorFields);

    [Theory]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("01k7p073q8re2a9pqt8q7mxpn4")]
    [InlineData("x")]
    [InlineData("a%23b%3Fc")]
    public async Task An_unknown_account_is_not_found_by_any_call(string id)
    {
        var path = $"{Accounts}/{id}";
        var answers = await Task.WhenAll(
            Management.GetAsync(path),
            Management.PatchAsync(path, """{"name":"n"}""", "k"),
            Management.PatchAsync(path, """{"transaction_notif_url":"https://93.184.215.14/"}"""),
            Management.GetAsync($"{path}/credentials"),
            Management.PostAsync($"{path}/credentials", """{"label":"l"}""", "k"),
            Management.DeleteAsync($"{path}/credentials/demo-client", "k"));

        Assert.All(answers, answer => Assert.Equal("account_not_found", answer.Expect(HttpStatusCode.NotFound).ErrorCode));
    }

    [Fact]
    public async Task Accounts_are_listed_page_by_page_the_oldest_first()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await Management.CreatedAccountAsync());

        var listed = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = (await Management.GetAsync($"{Accounts}?limit=2{(after is null ? "" : $"&after={after}")}")).Expect(HttpStatusCode.OK).Json;
            listed.AddRange(page.GetProperty("data").EnumerateArray());
            after = page.GetProperty("page_info").GetProperty("has_next_page").GetBoolean() ? page.GetProperty("page_info").GetProperty("end_cursor").GetString() : null;
        }
        while (after is not null);

        Assert.All(listed, account => Assert.Equal(Fields, account.EnumerateObject().Select(field => field.Name)));
        var listedIds = listed.ConvertAll(account => account.GetProperty("id").GetString()!);
        Assert.Equal(listedIds.Order(StringComparer.Ordinal), listedIds);
        Assert.Equal(listedIds.Count, listedIds.Distinct().Count());
        Assert.Contains(SingapayClient.AccountId, listedIds);
        Assert.All(ids, id => Assert.Contains(id, listedIds));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("after=x", "after")]
    [InlineData("before=01K7P073Q8RE2A9PQT8Q7MXPN4", "before")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field) =>
        Assert.Equal([field], (await Management.GetAsync($"{Accounts}?{query}")).Expect(HttpStatusCode.BadRequest).ErrorFields);

    [Fact]
    public async Task Payment_services_and_accounts_are_lists_of_their_own()
    {
        await Management.CreatedAccountAsync();
        await Management.CreatedServiceAsync();

        Assert.All(await IdsAsync(ManagementClient.ServicesPath), id => Assert.StartsWith("payment_service_", id, StringComparison.Ordinal));
        Assert.All(await IdsAsync(Accounts), id => Assert.Equal(26, id.Length));
    }

    [Fact]
    public async Task A_keyed_request_is_done_once()
    {
        var created = (await Management.PostAsync(Accounts, Everything, "create-1")).Expect(HttpStatusCode.Created);
        var again = (await Management.PostAsync(Accounts, Everything, "create-1")).Expect(HttpStatusCode.Created);
        Assert.Equal((created.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.Equal(
            "idempotency_key_mismatch",
            (await Management.PostAsync(Accounts, Everything.Replace("Moh.", "M.", StringComparison.Ordinal), "create-1")).Expect(HttpStatusCode.Conflict).ErrorCode);

        var path = ManagementClient.AccountPath(created["id"]!);
        var changed = (await Management.PatchAsync(path, """{"transaction_notif_url":null}""", "change-1")).Expect(HttpStatusCode.OK);
        (await Management.PatchAsync(path, """{"transaction_notif_url":"https://93.184.215.14/"}""")).Expect(HttpStatusCode.OK);
        var repeated = (await Management.PatchAsync(path, """{"transaction_notif_url":null}""", "change-1")).Expect(HttpStatusCode.OK);
        Assert.Equal((changed.Body, "true"), (repeated.Body, repeated.Headers["Idempotent-Replayed"]));
        Assert.Equal("https://93.184.215.14/", (await Management.GetAsync(path))["transaction_notif_url"]);
        Assert.Equal(
            "idempotency_key_mismatch",
            (await Management.PatchAsync(path, "{}", "change-1")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_management_key_nothing_is_shown_or_done(string? key)
    {
        var answers = await Task.WhenAll(
            Management.GetAsync(Accounts, key),
            Management.GetAsync(ManagementClient.AccountPath(), key),
            Management.PostAsync(Accounts, Everything, key: key),
            Management.SendAsync(HttpMethod.Patch, ManagementClient.AccountPath(), "{}", key),
            Management.GetAsync(ManagementClient.CredentialsPath(), key),
            Management.PostAsync(ManagementClient.CredentialsPath(), """{"label":"l"}""", key: key),
            Management.SendAsync(HttpMethod.Delete, $"{ManagementClient.CredentialsPath()}/demo-client", null, key));

        Assert.All(answers, answer => Assert.Equal("invalid_management_key", answer.Expect(HttpStatusCode.Unauthorized).ErrorCode));
        (await managed.App.Singapay.RequestTokenAsync()).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changes_that_race_are_all_made_and_the_URL_that_is_shown_is_the_one_that_is_used()
    {
        var id = await Management.CreatedAccountAsync();
        var path = ManagementClient.AccountPath(id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Management.PatchAsync(path, $$"""{"transaction_notif_url":"https://93.184.215.14/{{i}}"}""")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        var account = Assert.Single(await StoredRows.OfAsync(managed.App.Connection, "paysgaccess", "account:" + id));
        var endpoint = Assert.Single(await StoredRows.OfAsync(managed.App.Connection, "paysgwebhooks", "w:"), row => row.PartitionKey == id);
        Assert.Equal(account.GetString("transaction_notif_url"), endpoint.GetString("url"));
        Assert.Equal(account.GetString("transaction_notif_url"), (await Management.GetAsync(path))["transaction_notif_url"]);
    }

    private static (string? Status, string? Reason) WebhookOf(Answer answer)
    {
        var webhook = answer.Json.GetProperty("webhook");
        return (webhook.GetProperty("status").GetString(), webhook.GetProperty("disabled_reason").GetString());
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string path) =>
        [.. (await Management.GetAsync($"{path}?limit=100")).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()!)];
}
