using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

public sealed class ApiKeysTests(ManagedApp managed) : IClassFixture<ManagedApp>
{
    private PaySgApp App => managed.App;

    private ManagementClient Management => managed.Management;

    [Fact]
    public async Task A_key_is_shown_once_and_lets_in_what_it_may()
    {
        var service = await Management.CreatedServiceAsync();
        var issued = (await Management.PostAsync(ManagementClient.KeysPath(service), """{"label":"till 7","permissions":["refund","billing"]}""")).Expect(HttpStatusCode.Created);

        Assert.Equal(["id", "key", "label", "permissions", "creator_id", "created_at"], issued.Json.EnumerateObject().Select(field => field.Name));
        Assert.Matches("^paysg_stag_[A-Za-z0-9_-]{32}$", issued["key"]);
        Assert.Matches("^key_[0-9a-f-]{36}$", issued["id"]);
        Assert.Matches("^user_[0-9a-f-]{36}$", issued["creator_id"]);
        Assert.Matches(@"\+08:00$", issued["created_at"]);
        Assert.Equal("""["billing","refund"]""", issued["permissions"]);

        var payments = $"/v1/payment-services/{service}/payments";
        var payment = (await App.Client.PostAsync(payments, A.Payment().ToString(), issued["key"])).Expect(HttpStatusCode.Created);
        Assert.Equal(issued["creator_id"], payment["creator_id"]);
        Assert.Equal("insufficient_permissions", (await App.Client.GetAsync($"{payments}/{payment["id"]}", issued["key"])).Expect(HttpStatusCode.Forbidden).ErrorCode);
        Assert.Equal("payment_service_not_found", (await App.Client.PostAsync(ApiClient.PaymentsPath, A.Payment().ToString(), issued["key"])).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Equal("payment_service_not_found", (await App.Client.PostAsync(payments, A.Payment().ToString())).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Fact]
    public async Task The_list_shows_keys_without_secrets_the_oldest_first()
    {
        var service = await Management.CreatedServiceAsync();
        var first = await Management.IssuedKeyAsync(service);
        var second = await Management.IssuedKeyAsync(service);
        var third = await Management.IssuedKeyAsync(service);

        var page = (await Management.GetAsync($"{ManagementClient.KeysPath(service)}?limit=2")).Expect(HttpStatusCode.OK);
        var rest = (await Management.GetAsync($"{ManagementClient.KeysPath(service)}?after={page.Json.GetProperty("page_info").GetProperty("end_cursor").GetString()}")).Expect(HttpStatusCode.OK);

        string[] expected = [first.Id, second.Id, third.Id];
        Assert.Equal(expected.Order(StringComparer.Ordinal), IdsOf(page).Concat(IdsOf(rest)));
        Assert.Equal(
            ["id", "label", "permissions", "creator_id", "created_at"],
            page.Json.GetProperty("data")[0].EnumerateObject().Select(field => field.Name));
        Assert.True(page.Json.GetProperty("page_info").GetProperty("has_next_page").GetBoolean());
        Assert.False(rest.Json.GetProperty("page_info").GetProperty("has_next_page").GetBoolean());
    }

    [Fact]
    public async Task The_demo_keys_are_listed_too() =>
        Assert.Equal(
            ["Demo", "Demo, view only"],
            (await Management.GetAsync(ManagementClient.KeysPath())).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()
                .Select(key => key.GetProperty("label").GetString()!).Where(label => label.StartsWith("Demo", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Nothing_that_is_stored_or_logged_holds_a_secret()
    {
        var (_, secret) = await Management.IssuedKeyAsync(permissions: "\"administrator\"");

        var rows = await StoredRows.OfAsync(App.Connection, "paysgaccess", "");
        Assert.All(rows, row => Assert.DoesNotContain(row, column => column.Value is string text && text.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(App.Log.All, line =>
            line.Message.Contains(secret, StringComparison.Ordinal) || line.Message.Contains(ManagementClient.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(App.HttpTraffic.Requests, request =>
            request.Body.Contains(secret, StringComparison.Ordinal) || request.Url.OriginalString.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "label", "permissions")]
    [InlineData("""{"label":"","permissions":["view"]}""", "label")]
    [InlineData("""{"label":"LONG101","permissions":["view"]}""", "label")]
    [InlineData("""{"label":5,"permissions":["view"]}""", "label")]
    [InlineData("""{"label":"l","permissions":null}""", "permissions")]
    [InlineData("""{"label":"l","permissions":[]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":"view"}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["owner"]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["View"]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["view,refund"]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["view","view"]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["view","billing","refund","administrator","view"]}""", "permissions")]
    [InlineData("""{"label":"l","permissions":["view",3]}""", "permissions[1]")]
    public async Task A_field_that_is_wrong_is_named(string body, params string[] fields)
    {
        var refused = (await Management.PostAsync(ManagementClient.KeysPath(), body.Replace("LONG101", new string('l', 101), StringComparison.Ordinal))).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Equal(fields, refused.ErrorFields);
    }

    [Fact]
    public async Task A_revoked_key_is_off_the_list_and_not_found_again()
    {
        var service = await Management.CreatedServiceAsync();
        var (id, secret) = await Management.IssuedKeyAsync(service);
        var path = $"{ManagementClient.KeysPath(service)}/{id}";

        Assert.Equal("", (await Management.DeleteAsync(path)).Expect(HttpStatusCode.NoContent).Body);

        Assert.Empty(IdsOf(await Management.GetAsync(ManagementClient.KeysPath(service))));
        Assert.Equal("api_key_not_found", (await Management.DeleteAsync(path)).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Equal("invalid_api_key", (await App.Client.GetAsync($"/v1/payment-services/{service}/payments/x", secret)).Expect(HttpStatusCode.Unauthorized).ErrorCode);
    }

    [Theory]
    [InlineData("key_00000000-0000-7000-8000-000000000000")]
    [InlineData("key_%23")]
    [InlineData("x")]
    public async Task An_unknown_key_is_not_found(string id) =>
        Assert.Equal("api_key_not_found", (await Management.DeleteAsync($"{ManagementClient.KeysPath()}/{id}", "k")).Expect(HttpStatusCode.NotFound).ErrorCode);

    [Fact]
    public async Task A_key_of_another_payment_service_is_not_found_and_goes_on_working()
    {
        var (owner, other) = (await Management.CreatedServiceAsync(), await Management.CreatedServiceAsync());
        var (id, secret) = await Management.IssuedKeyAsync(owner);

        Assert.Equal("api_key_not_found", (await Management.DeleteAsync($"{ManagementClient.KeysPath(other)}/{id}")).Expect(HttpStatusCode.NotFound).ErrorCode);

        Assert.Equal("payment_not_found", (await App.Client.GetAsync($"/v1/payment-services/{owner}/payments/x", secret)).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Empty(IdsOf(await Management.GetAsync(ManagementClient.KeysPath(other))));
    }

    [Fact]
    public async Task A_keyed_request_is_done_once_and_its_repetition_shows_no_secret()
    {
        const string body = """{"label":"l","permissions":["view"]}""";
        var service = await Management.CreatedServiceAsync();
        var issued = (await Management.PostAsync(ManagementClient.KeysPath(service), body, "key-1")).Expect(HttpStatusCode.Created);

        var again = (await Management.PostAsync(ManagementClient.KeysPath(service), body, "key-1")).Expect(HttpStatusCode.Created);

        Assert.Equal(issued.Body.Replace($"\"{issued["key"]}\"", "null", StringComparison.Ordinal), again.Body);
        Assert.Null(again["key"]);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Single(IdsOf(await Management.GetAsync(ManagementClient.KeysPath(service))));
        Assert.Equal(
            "idempotency_key_mismatch",
            (await Management.PostAsync(ManagementClient.KeysPath(service), body.Replace("view", "refund", StringComparison.Ordinal), "key-1")).Expect(HttpStatusCode.Conflict).ErrorCode);

        var path = $"{ManagementClient.KeysPath(service)}/{issued["id"]}";
        (await Management.DeleteAsync(path, "revoke-1")).Expect(HttpStatusCode.NoContent);
        var revokedAgain = (await Management.DeleteAsync(path, "revoke-1")).Expect(HttpStatusCode.NoContent);
        Assert.Equal("true", revokedAgain.Headers["Idempotent-Replayed"]);
        Assert.Equal("", revokedAgain.Body);
    }

    [Theory]
    [InlineData("paysg_live_demo")]
    [InlineData("paysg_demo")]
    [InlineData("PAYSG_STAG_demo")]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task A_key_that_is_not_of_this_mode_does_not_reach_storage(string? secret)
    {
        App.HttpTraffic.Forget();

        Assert.Equal("invalid_api_key", (await App.Client.GetAsync($"{ApiClient.PaymentsPath}/x", secret)).Expect(HttpStatusCode.Unauthorized).ErrorCode);

        Assert.DoesNotContain(App.HttpTraffic.Requests, request => secret is { Length: > 1 } && request.Url.OriginalString.Contains(secret, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> IdsOf(Answer page) =>
        [.. page.Json.GetProperty("data").EnumerateArray().Select(key => key.GetProperty("id").GetString()!)];
}
