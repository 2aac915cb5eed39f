using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>The tables of Singapay's page "Update", row by row.</summary>
public sealed class When_a_payment_link_is_updated(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] Replaced =
        ["required_customer_detail", "max_usage", "expired_at", "is_expired", "status", "status_computed", "whitelisted_payment_method", "redirect_url", "updated_at"];

    private static long lastId = 5000;

    private SingapayClient Singapay => shared.App.Singapay;

    [Theory]
    [InlineData("required_customer_detail", "true", "true")]
    [InlineData("required_customer_detail", "false", "false")]
    [InlineData("max_usage", "1", "1")]
    [InlineData("max_usage", "20", "20")]
    [InlineData("max_usage", "20.0", "20")]
    [InlineData("max_usage", "1000000", "1000000")]
    [InlineData("expired_at", "null", "null")]
    [InlineData("expired_at", "1740960000000", "\"2025-03-03T07:00:00+07:00\"")]
    [InlineData("expired_at", "\"1740960000000\"", "\"2025-03-03T07:00:00+07:00\"")]
    [InlineData("expired_at", "1740960000999", "\"2025-03-03T07:00:00+07:00\"")]
    [InlineData("expired_at", "4891363200000", "\"2125-01-01T07:00:00+07:00\"")]
    [InlineData("expired_at", "1000000000000", "\"2001-09-09T08:46:40+07:00\"")]
    [InlineData("expired_at", "9999999999999", "\"2286-11-21T00:46:39+07:00\"")]
    [InlineData("status", "\"open\"", "\"open\"")]
    [InlineData("status", "\"closed\"", "\"closed\"")]
    [InlineData("status", "\"expired\"", "\"closed\"")]
    [InlineData("whitelisted_payment_method", "null", "null")]
    [InlineData("whitelisted_payment_method", "[]", "null")]
    [InlineData("whitelisted_payment_method", """["NICEPAY_CARD"]""", """["NICEPAY_CARD"]""")]
    [InlineData("whitelisted_payment_method", """["VA_BRI","VA_DANAMON","QRIS","ALFAMART"]""", """["VA_BRI","VA_DANAMON","QRIS","ALFAMART"]""")]
    [InlineData("redirect_url", "null", "null")]
    [InlineData("redirect_url", "\"http://example.com\"", "\"http://example.com\"")]
    [InlineData("redirect_url", "\"HTTPS://example.com:8443/a/b?c=d%20e#f\"", "\"HTTPS://example.com:8443/a/b?c=d%20e#f\"")]
    public async Task Should_take_a_field_within_its_rules_and_show_it_from_then_on(string field, string json, string shown)
    {
        var id = await Singapay.CreatedLinkIdAsync();

        var answer = await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().WithJson(field, json));

        Assert.Equal(shown, answer.Data().GetProperty(field).GetRawText());
        Assert.Equal(answer.Body, (await Singapay.GetLinkAsync(id)).Body);
    }

    [Theory]
    [InlineData("required_customer_detail", "null")]
    [InlineData("required_customer_detail", "1")]
    [InlineData("required_customer_detail", "0")]
    [InlineData("required_customer_detail", "\"true\"")]
    [InlineData("required_customer_detail", "\"\"")]
    [InlineData("required_customer_detail", "[true]")]
    [InlineData("max_usage", "null")]
    [InlineData("max_usage", "0")]
    [InlineData("max_usage", "-1")]
    [InlineData("max_usage", "1000001")]
    [InlineData("max_usage", "20.5")]
    [InlineData("max_usage", "2e-1")]
    [InlineData("max_usage", "\"20\"")]
    [InlineData("max_usage", "\"\"")]
    [InlineData("max_usage", "true")]
    [InlineData("max_usage", "{}")]
    [InlineData("max_usage", "4294967297")]
    [InlineData("max_usage", "99999999999999999999")]
    [InlineData("expired_at", "1740960000")]
    [InlineData("expired_at", "0")]
    [InlineData("expired_at", "-1740960000000")]
    [InlineData("expired_at", "999999999999")]
    [InlineData("expired_at", "10000000000000")]
    [InlineData("expired_at", "1740960000000.5")]
    [InlineData("expired_at", "\"1740960000\"")]
    [InlineData("expired_at", "\"01740960000000\"")]
    [InlineData("expired_at", "\"1740960000000.0\"")]
    [InlineData("expired_at", "\"2025-03-03T00:00:00+07:00\"")]
    [InlineData("expired_at", "\"\"")]
    [InlineData("expired_at", "\"never\"")]
    [InlineData("expired_at", "false")]
    [InlineData("expired_at", "[1740960000000]")]
    [InlineData("status", "null")]
    [InlineData("status", "\"\"")]
    [InlineData("status", "\"OPEN\"")]
    [InlineData("status", "\"Open\"")]
    [InlineData("status", "\" open\"")]
    [InlineData("status", "\"paid\"")]
    [InlineData("status", "0")]
    [InlineData("status", "true")]
    [InlineData("status", "[\"open\"]")]
    [InlineData("whitelisted_payment_method", "\"QRIS\"")]
    [InlineData("whitelisted_payment_method", "{\"0\":\"QRIS\"}")]
    [InlineData("whitelisted_payment_method", "[\"va_bri\"]")]
    [InlineData("whitelisted_payment_method", "[\"VA_BRI \"]")]
    [InlineData("whitelisted_payment_method", "[\"\"]")]
    [InlineData("whitelisted_payment_method", "[\"QRIS\",\"VA_XYZ\"]")]
    [InlineData("whitelisted_payment_method", "[\"QRIS\",null]")]
    [InlineData("whitelisted_payment_method", "[1]")]
    [InlineData("whitelisted_payment_method", "[[\"QRIS\"]]")]
    [InlineData("redirect_url", "\"\"")]
    [InlineData("redirect_url", "\" \"")]
    [InlineData("redirect_url", "\"/thank-you\"")]
    [InlineData("redirect_url", "\"//example.com/thank-you\"")]
    [InlineData("redirect_url", "\"example.com\"")]
    [InlineData("redirect_url", "\"https:example.com\"")]
    [InlineData("redirect_url", "\"https://\"")]
    [InlineData("redirect_url", "\"ftp://example.com/\"")]
    [InlineData("redirect_url", "\"javascript:alert(1)\"")]
    [InlineData("redirect_url", "\"javascript://example.com/%0Aalert(1)\"")]
    [InlineData("redirect_url", "\"https://user@example.com/\"")]
    [InlineData("redirect_url", "\"https://user:secret@example.com/\"")]
    [InlineData("redirect_url", "\"https://example.com/a b\"")]
    [InlineData("redirect_url", "\" https://example.com/\"")]
    [InlineData("redirect_url", "\"https://example.com/\\r\\nSet-Cookie: a=b\"")]
    [InlineData("redirect_url", "\"https://example.com\\\\@evil.example/\"")]
    [InlineData("redirect_url", "\"https://exämple.com/\"")]
    [InlineData("redirect_url", "\"https://example.com/\\ud800\"")]
    [InlineData("redirect_url", "7")]
    [InlineData("redirect_url", "[\"https://example.com\"]")]
    public async Task Should_refuse_a_field_beyond_its_rules_and_change_nothing(string field, string json)
    {
        var id = await Singapay.CreatedLinkIdAsync();
        var before = (await Singapay.GetLinkAsync(id)).Body;

        // Byte for byte: a node would not print half of a surrogate pair.
        var body = A.PaymentLinkUpdate().With(field, "?").ToString().Replace($"\"{field}\":\"?\"", $"\"{field}\":{json}", StringComparison.Ordinal);
        var refused = await shared.App.RefusedAsync(client => client.PutAsync(client.LinksPath(id), body), 422, "Validation error", field);

        var texts = refused.Json.GetProperty("error").GetProperty("errors").GetProperty(field);
        Assert.NotEmpty(Assert.Single(texts.EnumerateArray()).GetString()!);
        Assert.Equal(before, (await Singapay.GetLinkAsync(id)).Body);
    }

    [Theory]
    [InlineData("required_customer_detail", "Required customer detail is required")]
    [InlineData("max_usage", "Max usage is required")]
    [InlineData("status", "Status is required")]
    public async Task Should_refuse_an_update_without_a_mandatory_field(string field, string message)
    {
        var id = await Singapay.CreatedLinkIdAsync();

        var refused = await shared.App.RefusedAsync(client => client.UpdateLinkAsync(id, A.PaymentLinkUpdate().Without(field)), 422, "Validation error", field);

        Assert.Equal($$"""{"{{field}}":["{{message}}"]}""", refused.Json.GetProperty("error").GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Should_name_every_field_that_is_wrong()
    {
        var id = await Singapay.CreatedLinkIdAsync();

        await shared.App.RefusedAsync(
            client => client.PutAsync(client.LinksPath(id), """{"expired_at":"soon","whitelisted_payment_method":["?"],"redirect_url":7,"success_redirect_url":8,"optional_metadata":[]}"""),
            422,
            "Validation error",
            "optional_metadata", "required_customer_detail", "max_usage", "expired_at", "status", "whitelisted_payment_method", "redirect_url", "success_redirect_url");
    }

    [Fact]
    public async Task Should_replace_all_terms_so_that_what_is_omitted_is_off()
    {
        var id = await Singapay.CreatedLinkIdAsync(A.NewPaymentLink()
            .With("required_customer_detail", true)
            .With("expired_at", 4891363200000)
            .WithJson("whitelisted_payment_method", """["QRIS"]""")
            .With("redirect_url", "https://example.com/thank-you")
            .With("success_redirect_url", "https://example.com/success")
            .With("expired_redirect_url", "https://example.com/expired"));

        var link = (await Singapay.PutAsync(Singapay.LinksPath(id), """{"required_customer_detail":false,"max_usage":3,"status":"closed"}""")).Data();

        Assert.All((string[])["expired_at", "whitelisted_payment_method", "redirect_url"], name => Assert.Equal(JsonValueKind.Null, link.GetProperty(name).ValueKind));
        Assert.Equal((false, 3, "closed"), (link.GetProperty("required_customer_detail").GetBoolean(), link.GetProperty("max_usage").GetInt32(), link.GetProperty("status").GetString()));
        var stored = (await shared.App.Services.GetRequiredService<PaymentLinkStore>().FindAsync(SingapayClient.AccountId, id, CancellationToken.None))!.Link;
        Assert.Null(stored.AfterSuccess ?? stored.AfterExpiry);
    }

    [Fact]
    public async Task Should_leave_everything_else_as_it_was()
    {
        var id = await Singapay.CreatedLinkIdAsync(A.NewPaymentLink().WithJson("optional_metadata", """{"order":1}"""));
        var before = JsonNode.Parse((await Singapay.GetLinkAsync(id)).Body)!["data"]!.AsObject();

        var update = A.PaymentLinkUpdate()
            .With("reff_no", "other")
            .With("title", "Other")
            .With("total_amount", 1)
            .With("items", 7)
            .With("current_usage", 9)
            .With("payment_date", "2025-10-21T13:59:40+07:00");
        var after = JsonNode.Parse((await Singapay.UpdateLinkAsync(id, update)).Body)!["data"]!.AsObject();

        foreach (var name in Replaced)
        {
            before.Remove(name);
            after.Remove(name);
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.Equal("""{"order":1}""", after["optional_metadata"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"order":2}""", """{"order":2}""")]
    [InlineData("null", null)]
    public async Task Should_replace_the_metadata_where_it_is_named(string json, string? shown)
    {
        var id = await Singapay.CreatedLinkIdAsync(A.NewPaymentLink().WithJson("optional_metadata", """{"order":1}"""));

        var link = (await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().WithJson("optional_metadata", json))).Data();

        Assert.Equal(shown, link.TryGetProperty("optional_metadata", out var metadata) ? metadata.GetRawText() : null);
    }

    [Theory]
    [InlineData("open", 1740960000000, "open", "expired", true)]
    [InlineData("open", 4891363200000, "open", "open", false)]
    [InlineData("open", null, "open", "open", false)]
    [InlineData("closed", 1740960000000, "closed", "closed", true)]
    [InlineData("closed", null, "closed", "closed", false)]
    [InlineData("expired", 4891363200000, "closed", "expired", true)]
    [InlineData("expired", null, "closed", "expired", true)]
    public async Task Should_compute_what_the_link_is_and_store_only_what_was_set(string status, long? expiredAt, string shown, string computed, bool isExpired)
    {
        var id = await Singapay.CreatedLinkIdAsync();

        var link = (await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().With("status", status).With("expired_at", expiredAt))).Data();

        Assert.Equal((shown, computed, isExpired), (link.GetProperty("status").GetString(), link.GetProperty("status_computed").GetString(), link.GetProperty("is_expired").GetBoolean()));
        var reopened = (await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().With("expired_at", null))).Data();
        Assert.Equal(("open", "open"), (reopened.GetProperty("status").GetString(), reopened.GetProperty("status_computed").GetString()));
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(2048, false)]
    [InlineData(2049, true)]
    public async Task Should_take_a_redirect_of_2048_characters_and_no_more(int length, bool refused)
    {
        var id = await Singapay.CreatedLinkIdAsync();
        var url = "https://example.com/".PadRight(length, 'a');

        var answer = await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().With("redirect_url", url));

        if (refused)
            answer.ExpectSingapayError(422, "Validation error", "redirect_url");
        else
            Assert.Equal(url, answer.Data().GetProperty("redirect_url").GetString());
    }

    [Theory]
    [InlineData(4, 3, true)]
    [InlineData(4, 4, false)]
    [InlineData(4, 5, false)]
    [InlineData(1000000, 999999, true)]
    [InlineData(1000000, 1000000, false)]
    public async Task Should_not_set_max_usage_below_what_was_paid(int paid, int maxUsage, bool refused)
    {
        var id = await StoredAsync(A.PaymentLink().MaxUsage(1000000), link => link with { CurrentUsage = paid });

        var answer = await Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().With("max_usage", maxUsage));

        if (refused)
            Assert.Contains(paid.ToString(), answer.ExpectSingapayError(422, "Validation error", "max_usage").Body, StringComparison.Ordinal);
        else
            Assert.Equal((paid, maxUsage), (answer.Data().GetProperty("current_usage").GetInt32(), answer.Data().GetProperty("max_usage").GetInt32()));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Should_see_a_payment_that_comes_between(int maxUsage, bool refused)
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Singapay.CreatedLinkIdAsync();
        var table = app.Services.GetRequiredService<PaySgTables>().PaymentLinks;
        var paidTwice = false;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (!request.IsTransaction || paidTwice)
                return;
            paidTwice = true;
            var stored = (await app.Services.GetRequiredService<PaymentLinkStore>().FindAsync(SingapayClient.AccountId, id, CancellationToken.None))!;
            var paid = stored.Link.WithHistories().CountUse(PaymentLinkFixture.Created).CountUse(PaymentLinkFixture.Created);
            await table.SubmitAsync(new EntityGroup("payments").Replace(PaymentLinkRows.Write(paid), stored.Version), CancellationToken.None);
        };

        var answer = await app.Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate().With("max_usage", maxUsage));

        Assert.True(paidTwice);
        if (refused)
            answer.ExpectSingapayError(422, "Validation error", "max_usage");
        else
            Assert.Equal((2, "2025-10-21T13:59:40+07:00"), (answer.Data().GetProperty("current_usage").GetInt32(), answer.Data().GetProperty("payment_date").GetString()));
        var shown = (await app.Singapay.GetLinkAsync(id)).Data();
        Assert.Equal((2, refused ? 10 : 2), (shown.GetProperty("current_usage").GetInt32(), shown.GetProperty("max_usage").GetInt32()));
    }

    [Fact]
    public async Task Should_take_it_once_where_the_answer_of_storage_is_lost()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Singapay.CreatedLinkIdAsync();
        var lost = 0;
        app.HttpTraffic.LosesAnswerOf = request => request.Writes("paysgpaymentlinks") && Interlocked.CompareExchange(ref lost, 1, 0) == 0;

        var link = (await app.Singapay.UpdateLinkAsync(id, A.PaymentLinkUpdate())).Data();

        Assert.Equal((1, 20), (lost, link.GetProperty("max_usage").GetInt32()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("103x")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("9007199254740991")]
    [InlineData("9007199254740992")]
    [InlineData("99999999999999999999")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPN4")]
    [InlineData("%20")]
    [InlineData("'%20or%20''='")]
    public async Task Should_not_find_an_id_that_is_none(string id)
    {
        var path = $"{Singapay.LinksPath()}/{id}";

        await shared.App.RefusedAsync(client => client.PutAsync(path, A.PaymentLinkUpdate().ToString()), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.GetAsync(path), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.DeleteAsync(path), 404, "Payment Link not found.");
    }

    [Fact]
    public async Task Should_not_find_a_link_or_an_account_of_another()
    {
        using var other = await shared.App.OtherMerchantAsync();
        var id = await other.CreatedLinkIdAsync();
        var before = (await other.GetLinkAsync(id)).Body;

        await shared.App.RefusedAsync(client => client.UpdateLinkAsync(id, A.PaymentLinkUpdate()), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.GetLinkAsync(id), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.DeleteLinkAsync(id), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.PutAsync(other.LinksPath(id), A.PaymentLinkUpdate().ToString()), 404, "Account not found.");
        await shared.App.RefusedAsync(client => client.GetAsync(other.LinksPath(id)), 404, "Account not found.");
        await shared.App.RefusedAsync(client => client.DeleteAsync(other.LinksPath(id)), 404, "Account not found.");
        await shared.App.RefusedAsync(client => client.PostAsync(other.LinksPath(), A.NewPaymentLink().ToString()), 404, "Account not found.");
        await shared.App.RefusedAsync(client => client.GetAsync(other.LinksPath()), 404, "Account not found.");

        Assert.Equal(before, (await other.GetLinkAsync(id)).Body);
    }

    [Fact]
    public async Task Should_let_an_account_that_is_not_active_read_change_and_delete()
    {
        using var merchant = await shared.App.OtherMerchantAsync(AccountStatus.Inactive);
        var accountId = merchant.LinksPath().Split('/')[^1];
        var link = A.PaymentLink().WithDetails(details => details with { ReffNo = PaymentLinkCalls.NewReffNo() }).Build(7, accountId);
        await shared.App.Services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(link);

        var updated = (await merchant.UpdateLinkAsync(7, A.PaymentLinkUpdate().With("status", "closed"))).Data();

        Assert.Equal(("closed", "inactive"), (updated.GetProperty("status").GetString(), updated.GetProperty("account").GetProperty("status").GetString()));
        Assert.Equal([7], (await merchant.ListLinksAsync()).Ids);
        (await merchant.DeleteLinkAsync(7)).Data();
    }

    [Theory]
    [InlineData(null, SingapayClient.PartnerId, 401)]
    [InlineData("Bearer no-token", SingapayClient.PartnerId, 401)]
    [InlineData("token", null, 401)]
    [InlineData("token", "another-partner", 403)]
    [InlineData("token", SingapayClient.PartnerId, 200)]
    public async Task Should_ask_for_the_headers_that_are_mandatory(string? authorization, string? partner, int status)
    {
        var id = await Singapay.CreatedLinkIdAsync();
        var bearer = authorization == "token" ? "Bearer " + await Singapay.TokenAsync() : authorization;

        var answer = await Singapay.SendAsync(HttpMethod.Put, Singapay.LinksPath(id), A.PaymentLinkUpdate().ToString(), bearer, partner);

        if (status == 200)
            answer.Data();
        else
            answer.ExpectSingapayError(status);
    }

    private async Task<long> StoredAsync(PaymentLinkFixture fixture, Func<PaymentLink, PaymentLink> change)
    {
        var id = Interlocked.Increment(ref lastId);
        var link = change(fixture.WithDetails(details => details with { ReffNo = PaymentLinkCalls.NewReffNo() }).Build(id));
        await shared.App.Services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(link);
        return id;
    }
}
