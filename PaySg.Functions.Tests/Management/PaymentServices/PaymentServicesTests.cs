using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Management.PaymentServices;

public sealed class PaymentServicesTests(ManagedApp managed) : IClassFixture<ManagedApp>, IAsyncLifetime
{
    private const string EverythingWithLogo = """
        {"name":"Licences","agency_name":"Agency of Licences","agency_address":"1 Road\nSingapore 049178","support_email":"help@agency.gov.sg",
        "support_phone":"+65 6123 4567","email_greeting":"Dear customer,","logo_url":"LOGO","gst_rate_percent":9,"gst_registration_number":"M90312345X"}
        """;

    private PictureServer agency = null!;

    private static string Services => ManagementClient.ServicesPath;

    private string Everything => EverythingWithLogo.Replace("LOGO", agency.Url, StringComparison.Ordinal);

    private ManagementClient Management => managed.Management;

    public async Task InitializeAsync() => agency = await PictureServer.StartAsync();

    public async Task DisposeAsync() => await agency.DisposeAsync();

    [Fact]
    public async Task A_payment_service_has_what_it_was_created_with()
    {
        var created = (await Management.PostAsync(Services, Everything)).Expect(HttpStatusCode.Created);

        Assert.Matches("^payment_service_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", created["id"]);
        Assert.Equal(
            ["id", "name", "agency_name", "agency_address", "support_email", "support_phone", "email_greeting", "logo_url", "gst_rate_percent", "gst_registration_number", "stripe_account_id", "created_at", "updated_at"],
            created.Json.EnumerateObject().Select(field => field.Name));
        foreach (var field in JsonSerializer.Deserialize<JsonElement>(Everything).EnumerateObject())
            Assert.Equal(field.Value.ToString(), created[field.Name]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$", created["created_at"]);
        Assert.Equal(created["created_at"], created["updated_at"]);
        Assert.Equal(created.Body, (await Management.GetAsync($"{Services}/{created["id"]}")).Expect(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task A_name_is_enough_and_the_rest_is_null()
    {
        var created = (await Management.PostAsync(Services, """{"name":"Licences","agency_name":null}""")).Expect(HttpStatusCode.Created);

        foreach (var field in (string[])["agency_name", "agency_address", "support_email", "support_phone", "email_greeting", "logo_url", "gst_rate_percent", "gst_registration_number"])
            Assert.Null(created[field]);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("9", "9")]
    [InlineData("9.0", "9")]
    [InlineData("8.50", "8.5")]
    [InlineData("7.07", "7.07")]
    [InlineData("100", "100")]
    public async Task A_tax_rate_is_exact_to_two_decimals(string sent, string shown)
    {
        var created = (await Management.PostAsync(Services, $$"""{"name":"n","gst_rate_percent":{{sent}}}""")).Expect(HttpStatusCode.Created);

        Assert.Contains($"\"gst_rate_percent\":{shown},", created.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("M90312345X")]
    [InlineData("200312345A")]
    [InlineData("12345678")]
    [InlineData("T08GB0001a12")]
    public async Task A_registration_number_may_have_any_of_its_forms_and_be_cleared(string number)
    {
        var created = (await Management.PostAsync(Services, $$"""{"name":"n","gst_registration_number":"{{number}}"}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(number, created["gst_registration_number"]);

        var cleared = (await Management.PatchAsync($"{Services}/{created["id"]}", """{"gst_registration_number":null}""")).Expect(HttpStatusCode.OK);
        Assert.Null(cleared["gst_registration_number"]);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"LONG256"}""", "name")]
    [InlineData("""{"name":"n","agency_name":{}}""", "agency_name")]
    [InlineData("""{"name":"n","agency_address":["1 Road"]}""", "agency_address")]
    [InlineData("""{"name":"n","support_email":"help"}""", "support_email")]
    [InlineData("""{"name":"n","support_phone":61234567}""", "support_phone")]
    [InlineData("""{"name":"n","email_greeting":true}""", "email_greeting")]
    [InlineData("""{"name":"n","logo_url":"http://agency.gov.sg/logo.png"}""", "logo_url")]
    [InlineData("""{"name":"n","gst_rate_percent":"9"}""", "gst_rate_percent")]
    [InlineData("""{"name":"n","gst_rate_percent":-1}""", "gst_rate_percent")]
    [InlineData("""{"name":"n","gst_rate_percent":100.01}""", "gst_rate_percent")]
    [InlineData("""{"name":"n","gst_rate_percent":9.005}""", "gst_rate_percent")]
    [InlineData("""{"name":"n","gst_rate_percent":9e-3}""", "gst_rate_percent")]
    [InlineData("""{"name":"n","gst_registration_number":"M903123"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":"M903123456789"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":"M9-0312345-X"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":"M90312345\u00C9"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":"M9031\r\n2345X"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":" M90312345X"}""", "gst_registration_number")]
    [InlineData("""{"name":"n","gst_registration_number":90312345}""", "gst_registration_number")]
    [InlineData("""{"agency_name":1,"gst_rate_percent":1e-40}""", "name", "agency_name", "gst_rate_percent")]
    public async Task A_field_that_is_wrong_is_named(string body, params string[] fields)
    {
        var refused = (await Management.PostAsync(Services, body.Replace("LONG256", new string('n', 256), StringComparison.Ordinal))).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Equal(fields, refused.ErrorFields);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name_and_clears_what_it_names_as_null()
    {
        var created = (await Management.PostAsync(Services, Everything)).Expect(HttpStatusCode.Created);
        var path = $"{Services}/{created["id"]}";

        var changed = (await Management.PatchAsync(path, """{"agency_name":"Another","logo_url":null,"gst_rate_percent":null}""")).Expect(HttpStatusCode.OK);

        Assert.Equal("Another", changed["agency_name"]);
        Assert.Null(changed["logo_url"]);
        Assert.Null(changed["gst_rate_percent"]);
        foreach (var field in (string[])["id", "name", "agency_address", "support_email", "support_phone", "email_greeting", "created_at"])
            Assert.Equal(created[field], changed[field]);
        Assert.True(string.CompareOrdinal(changed["updated_at"], created["updated_at"]) >= 0);
        Assert.Equal(changed.Body, (await Management.GetAsync(path)).Body);
    }

    [Theory]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"logo_url":"https://localhost/logo.png"}""", "logo_url")]
    public async Task A_change_that_is_wrong_is_refused(string body, string field) =>
        Assert.Equal([field], (await Management.PatchAsync($"{Services}/{ApiClient.ServiceId}", body)).Expect(HttpStatusCode.BadRequest).ErrorFields);

    [Theory]
    [InlineData("payment_service_00000000-0000-4000-8000-00000000dead")]
    [InlineData("owners")]
    [InlineData("a%23b%3Fc")]
    public async Task An_unknown_payment_service_is_not_found_by_any_call(string id)
    {
        var answers = await Task.WhenAll(
            Management.GetAsync($"{Services}/{id}"),
            Management.PatchAsync($"{Services}/{id}", """{"name":"n"}""", "k"),
            Management.GetAsync(ManagementClient.KeysPath(id)),
            Management.PostAsync(ManagementClient.KeysPath(id), """{"label":"l","permissions":["view"]}""", "k"),
            Management.DeleteAsync($"{ManagementClient.KeysPath(id)}/key_00000000-0000-7000-8000-000000000000", "k"));

        Assert.All(answers, answer => Assert.Equal("payment_service_not_found", answer.Expect(HttpStatusCode.NotFound).ErrorCode));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("after=x", "after")]
    [InlineData("before=payment_service_00000000-0000-4000-8000-000000000001", "before")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field) =>
        Assert.Equal([field], (await Management.GetAsync($"{Services}?{query}")).Expect(HttpStatusCode.BadRequest).ErrorFields);

    [Fact]
    public async Task The_list_is_read_forward_in_the_order_of_ids_to_its_end()
    {
        for (var i = 0; i < 3; i++)
            await Management.CreatedServiceAsync();

        var all = (await Management.GetAsync($"{Services}?limit=100")).Expect(HttpStatusCode.OK);
        var ids = IdsOf(all);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Contains(ApiClient.ServiceId, ids);

        var paged = new List<string>();
        for (string? after = null; ;)
        {
            var page = (await Management.GetAsync($"{Services}?limit=2{(after is null ? "" : $"&after={after}")}")).Expect(HttpStatusCode.OK);
            var info = page.Json.GetProperty("page_info");
            Assert.Equal(after is not null, info.GetProperty("has_previous_page").GetBoolean());
            Assert.Equal(IdsOf(page)[0], info.GetProperty("start_cursor").GetString());
            paged.AddRange(IdsOf(page));
            after = info.GetProperty("end_cursor").GetString();
            Assert.Equal(paged[^1], after);
            if (!info.GetProperty("has_next_page").GetBoolean())
                break;
        }

        Assert.Equal(ids, paged);
        var beyond = (await Management.GetAsync($"{Services}?after={ids[^1]}")).Expect(HttpStatusCode.OK);
        Assert.Equal("""{"data":[],"page_info":{"has_next_page":false,"has_previous_page":true,"start_cursor":null,"end_cursor":null}}""", beyond.Body);
    }

    [Fact]
    public async Task A_keyed_request_is_done_once_and_answered_again()
    {
        var created = (await Management.PostAsync(Services, Everything, "service-1")).Expect(HttpStatusCode.Created);
        var again = (await Management.PostAsync(Services, Everything, "service-1")).Expect(HttpStatusCode.Created);
        var path = $"{Services}/{created["id"]}";
        var changed = (await Management.PatchAsync(path, """{"name":"B"}""", "patch-1")).Expect(HttpStatusCode.OK);
        await Management.PatchAsync(path, """{"name":"C"}""");
        var changedAgain = (await Management.PatchAsync(path, """{"name":"B"}""", "patch-1")).Expect(HttpStatusCode.OK);

        Assert.Equal(created.Body, again.Body);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal(changed.Body, changedAgain.Body);
        Assert.Equal("true", changedAgain.Headers["Idempotent-Replayed"]);
        Assert.Equal("C", (await Management.GetAsync(path))["name"]);
        Assert.Equal("idempotency_key_mismatch", (await Management.PostAsync(Services, """{"name":"n"}""", "service-1")).Expect(HttpStatusCode.Conflict).ErrorCode);
        Assert.Equal("idempotency_key_mismatch", (await Management.PatchAsync(path, """{"name":"D"}""", "patch-1")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }

    [Fact]
    public async Task Changes_at_the_same_time_are_all_kept()
    {
        var path = $"{Services}/{await Management.CreatedServiceAsync()}";
        string[] fields = ["agency_name", "agency_address", "support_phone", "email_greeting", "name"];

        var answers = await Task.WhenAll(fields.Select(field => Management.PatchAsync(path, $$"""{"{{field}}":"new"}""")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.OK));
        var service = await Management.GetAsync(path);
        Assert.All(fields, field => Assert.Equal("new", service[field]));
    }

    private static IReadOnlyList<string> IdsOf(Answer page) =>
        [.. page.Json.GetProperty("data").EnumerateArray().Select(service => service.GetProperty("id").GetString()!)];
}
