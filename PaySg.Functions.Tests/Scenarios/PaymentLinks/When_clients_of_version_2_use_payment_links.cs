using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_clients_of_version_2_use_payment_links(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string CreatePath = "/api/v2.0/payment-link/" + SingapayClient.AccountId;

    private SingapayClient Singapay => shared.App.Singapay;

    [Fact]
    public async Task Should_create_a_link_of_one_sum_that_is_paid_once_and_runs_for_a_day()
    {
        var before = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var reffNo = PaymentLinkCalls.NewReffNo();
        var answer = await CreateAsync(A.NewPaymentLinkV2(reffNo).WithJson("items", """[{"name":"Ignored","quantity":1,"unit_price":1}]"""));

        var link = answer.Data();
        Assert.Equal((reffNo, reffNo, "open", "20000.00"), (link.ReffNo(), Text(link, "title"), Text(link, "status"), Text(link, "total_amount")));
        Assert.Equal((1, 0), (link.GetProperty("max_usage").GetInt32(), link.GetProperty("current_usage").GetInt32()));
        Assert.InRange(DateTimeOffset.Parse(Text(link, "expired_at")!), before.AddDays(1), before.AddDays(1).AddMinutes(5));
        Assert.Equal(("api v2", false), (Text(link, "source"), link.GetProperty("customer_pays_fee").GetBoolean()));
        Assert.All(
            (string[])["items", "description", "success_redirect_url", "expired_redirect_url", "redirect_url", "customer_name", "customer_email", "customer_phone", "optional_metadata", "payment_date"],
            name => Assert.Equal(JsonValueKind.Null, link.GetProperty(name).ValueKind));
        Assert.Equal(SingapayClient.AccountId, link.GetProperty("account").GetProperty("id").GetString());
        Assert.Equal(answer.Body, (await Singapay.GetAsync(LinkPath(link.Id()))).Body);
    }

    [Fact]
    public async Task Should_create_a_link_with_everything_that_clients_know()
    {
        var link = (await CreateAsync(A.NewPaymentLinkV2()
            .With("payment_link_type", "items")
            .With("total_amount", 7)
            .WithJson("items", """[{"name":"Ticket","quantity":2,"unit_price":10000},{"name":"Discount","quantity":1,"unit_price":-5000}]""")
            .With("title", "Concert")
            .With("description", "Two seats")
            .With("max_usage", 1)
            .With("expired_at", "2125-01-01T07:00:00+07:00")
            .WithJson("whitelisted_payment_method", """["QRIS"]""")
            .With("success_redirect_url", "https://example.com/success")
            .With("expired_redirect_url", "https://example.com/expired")
            .With("customer_name", "Siti Café")
            .With("customer_email", "siti@example.com")
            .With("customer_phone", "081234567890")
            .WithJson("optional_metadata", """{"order":1}"""))).Data();

        Assert.Equal(("Concert", "Two seats", "15000.00"), (Text(link, "title"), Text(link, "description"), Text(link, "total_amount")));
        Assert.Equal([20000, -5000], link.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subtotal").GetInt64()));
        Assert.Equal(("2125-01-01T07:00:00+07:00", """["QRIS"]"""), (Text(link, "expired_at"), link.GetProperty("whitelisted_payment_method").GetRawText()));
        Assert.Equal(("https://example.com/success", "https://example.com/expired"), (Text(link, "success_redirect_url"), Text(link, "expired_redirect_url")));
        Assert.Equal(("Siti Café", "siti@example.com", "081234567890"), (Text(link, "customer_name"), Text(link, "customer_email"), Text(link, "customer_phone")));
        Assert.Equal("""{"order":1}""", link.GetProperty("optional_metadata").GetRawText());
    }

    [Fact]
    public async Task Should_act_on_the_same_links_as_version_1()
    {
        var first = await Singapay.CreatedLinkAsync();
        var second = (await CreateAsync(A.NewPaymentLinkV2().With("max_usage", 0).With("description", "Any number"))).Data();

        var ofFirst = (await Singapay.GetAsync(LinkPath(first.Id()))).Data();
        Assert.Equal(("api v1", first.ReffNo()), (Text(ofFirst, "source"), ofFirst.ReffNo()));
        var shown = (await Singapay.GetLinkAsync(second.Id())).Data();
        Assert.Equal((0, "20000.00"), (shown.GetProperty("max_usage").GetInt32(), Text(shown, "total_amount")));
        Assert.False(shown.TryGetProperty("description", out _));
        (await Singapay.UpdateLinkAsync(second.Id(), A.PaymentLinkUpdate())).Data();
        var updated = (await Singapay.GetAsync(LinkPath(second.Id()))).Data();
        Assert.Equal((20, "Any number"), (updated.GetProperty("max_usage").GetInt32(), Text(updated, "description")));
        (await Singapay.DeleteLinkAsync(second.Id())).Data();
        (await Singapay.GetAsync(LinkPath(second.Id()))).ExpectSingapayError(404, "Payment Link not found.");
    }

    [Fact]
    public async Task Should_be_refused_while_their_account_is_not_in_use()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.SetAccountStatusAsync(AccountStatus.Inactive);

        (await app.Singapay.PostAsync(CreatePath, A.NewPaymentLinkV2().ToString())).ExpectSingapayError(403, "This account is not active: no payment link can be created for it.");
    }

    [Theory]
    [InlineData("\"2125-01-01T07:00:00+07:00\"", "2125-01-01T07:00:00+07:00")]
    [InlineData("\"2125-01-01T00:00:00Z\"", "2125-01-01T07:00:00+07:00")]
    [InlineData("\"2125-01-01T00:00:00.000Z\"", "2125-01-01T07:00:00+07:00")]
    [InlineData("\"2125-01-01T07:00\"", "2125-01-01T07:00:00+07:00")]
    [InlineData("\"2125-01-01 07:00:30\"", "2125-01-01T07:00:30+07:00")]
    [InlineData("\"2125-01-01\"", "2125-01-01T00:00:00+07:00")]
    [InlineData("\"4891363200000\"", "2125-01-01T07:00:00+07:00")]
    [InlineData("4891363200000", "2125-01-01T07:00:00+07:00")]
    public async Task Should_take_a_date_in_any_form(string json, string shown)
    {
        var link = (await CreateAsync(A.NewPaymentLinkV2().WithJson("expired_at", json))).Data();

        Assert.Equal(shown, Text(link, "expired_at"));
    }

    [Theory]
    [InlineData("reff_no", "null")]
    [InlineData("reff_no", "\"a b\"")]
    [InlineData("payment_link_type", "\"sum\"")]
    [InlineData("payment_link_type", "1")]
    [InlineData("total_amount", "null")]
    [InlineData("total_amount", "9999")]
    [InlineData("total_amount", "\"many\"")]
    [InlineData("max_usage", "-1")]
    [InlineData("max_usage", "1000001")]
    [InlineData("max_usage", "\"1\"")]
    [InlineData("expired_at", "\"2025-01-01T00:00:00Z\"")]
    [InlineData("expired_at", "1740960000000")]
    [InlineData("expired_at", "\"tomorrow\"")]
    [InlineData("expired_at", "\"2125-13-01\"")]
    [InlineData("expired_at", "\"0001-01-01\"")]
    [InlineData("expired_at", "\"\"")]
    [InlineData("expired_at", "true")]
    [InlineData("expired_at", "\"\\ud800\"")]
    [InlineData("title", "7")]
    [InlineData("description", "7")]
    [InlineData("required_customer_detail", "\"yes\"")]
    [InlineData("whitelisted_payment_method", "[\"qris\"]")]
    [InlineData("success_redirect_url", "\"/done\"")]
    [InlineData("expired_redirect_url", "7")]
    [InlineData("customer_name", "7")]
    [InlineData("customer_phone", "\"0812345678901234567890123456789\"")]
    [InlineData("optional_metadata", "7")]
    public async Task Should_refuse_a_field_that_is_wrong(string field, string json)
    {
        var body = A.NewPaymentLinkV2().With(field, "?").ToString().Replace($"\"{field}\":\"?\"", $"\"{field}\":{json}", StringComparison.Ordinal);

        await shared.App.RefusedAsync(client => client.PostAsync(CreatePath, body), 422, "Validation error", field);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":9999}]""")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":20000},{"name":"b","quantity":1,"unit_price":-20000}]""")]
    [InlineData("""[{"name":"a","quantity":1,"unit_price":999999999999},{"name":"b","quantity":1,"unit_price":1}]""")]
    public async Task Should_refuse_items_that_make_up_no_amount(string items)
    {
        await shared.App.RefusedAsync(
            client => client.PostAsync(CreatePath, A.NewPaymentLinkV2().With("payment_link_type", "items").WithJson("items", items).ToString()), 422, "Validation error", "items");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Should_name_a_payer_only_on_links_that_are_paid_once(int maxUsage)
    {
        var request = A.NewPaymentLinkV2().With("customer_name", "Siti").With("customer_phone", "0812").With("max_usage", maxUsage).ToString();
        await shared.App.RefusedAsync(client => client.PostAsync(CreatePath, request), 422, "Validation error", "customer_name", "customer_phone");

        var id = (await CreateAsync(A.NewPaymentLinkV2().With("customer_name", "Siti"))).Data().Id();
        await shared.App.RefusedAsync(
            client => client.PutAsync(UpdatePath(id), $$"""{"max_usage":{{maxUsage}},"customer_email":"siti@example.com"}"""), 422, "Validation error", "customer_email");
        var widened = (await Singapay.PutAsync(UpdatePath(id), $$"""{"max_usage":{{maxUsage}}}""")).Data();
        Assert.Equal(JsonValueKind.Null, widened.GetProperty("customer_name").ValueKind);
    }

    [Fact]
    public async Task Should_change_what_an_update_names_and_leave_the_rest()
    {
        var created = (await CreateAsync(A.NewPaymentLinkV2()
            .With("required_customer_detail", true)
            .With("expired_at", "2125-01-01")
            .WithJson("whitelisted_payment_method", """["QRIS"]""")
            .With("success_redirect_url", "https://example.com/success")
            .With("customer_name", "Siti")
            .WithJson("optional_metadata", """{"order":1}"""))).Data();
        var path = UpdatePath(created.Id());

        var untouched = (await Singapay.PutAsync(path, """{"reff_no":"x","total_amount":1,"items":7,"title":"x"}""")).Data();
        Assert.Equal(Without(created, "updated_at"), Without(untouched, "updated_at"));

        var changed = (await Singapay.PutAsync(
            path,
            """{"status":"closed","max_usage":1,"expired_at":"2125-06-01T00:00:00+07:00","whitelisted_payment_method":["VA_BRI"],"success_redirect_url":null,"redirect_url":"https://example.com","optional_metadata":{"order":2},"customer_name":"Budi","required_customer_detail":false}""")).Data();
        Assert.Equal(("closed", "2125-06-01T00:00:00+07:00", "Budi"), (Text(changed, "status"), Text(changed, "expired_at"), Text(changed, "customer_name")));
        Assert.Equal(("""["VA_BRI"]""", """{"order":2}"""), (changed.GetProperty("whitelisted_payment_method").GetRawText(), changed.GetProperty("optional_metadata").GetRawText()));
        Assert.Equal((null, "https://example.com", false), (Text(changed, "success_redirect_url"), Text(changed, "redirect_url"), changed.GetProperty("required_customer_detail").GetBoolean()));

        var cleared = (await Singapay.PutAsync(path, """{"status":"expired","expired_at":null,"whitelisted_payment_method":[],"optional_metadata":null,"customer_name":null}""")).Data();
        Assert.Equal(("closed", "expired", null), (Text(cleared, "status"), Text(cleared, "status_computed"), Text(cleared, "expired_at")));
        Assert.All((string[])["whitelisted_payment_method", "optional_metadata", "customer_name"], name => Assert.Equal(JsonValueKind.Null, cleared.GetProperty(name).ValueKind));
    }

    [Theory]
    [InlineData("""{"expired_at":1740960000000}""", "expired_at")]
    [InlineData("""{"status":"paid"}""", "status")]
    [InlineData("""{"max_usage":1000001}""", "max_usage")]
    [InlineData("""{"max_usage":2}""", "max_usage")]
    public async Task Should_refuse_an_update_that_is_wrong(string body, string field)
    {
        var reffNo = PaymentLinkCalls.NewReffNo();
        var link = A.PaymentLink().WithDetails(details => details with { ReffNo = reffNo }).Paid(3).Build(6000 + body.Length);
        await shared.App.Services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(link);

        await shared.App.RefusedAsync(client => client.PutAsync(UpdatePath(link.Id), body), 422, "Validation error", field);
        Assert.Equal(0, (await Singapay.PutAsync(UpdatePath(link.Id), """{"max_usage":0}""")).Data().GetProperty("max_usage").GetInt32());
    }

    [Fact]
    public async Task Should_not_find_what_is_not_there_or_of_another()
    {
        using var other = await shared.App.OtherMerchantAsync();
        var id = await other.CreatedLinkIdAsync();

        foreach (var path in new[] { LinkPath(id), LinkPath(7), "/api/v2.0/payment-link/x" })
            await shared.App.RefusedAsync(client => client.GetAsync(path), 404, "Payment Link not found.");
        foreach (var path in new[] { UpdatePath(id), UpdatePath(7), "/api/v2.0/payment-link/update/x" })
            await shared.App.RefusedAsync(client => client.PutAsync(path, "{}"), 404, "Payment Link not found.");
        await shared.App.RefusedAsync(client => client.PostAsync(other.LinksPath().Replace("v1.0/payment-link-manage", "v2.0/payment-link", StringComparison.Ordinal), A.NewPaymentLinkV2().ToString()), 404, "Account not found.");
    }

    private static string LinkPath(long id) => FormattableString.Invariant($"/api/v2.0/payment-link/{id}");

    private static string UpdatePath(long id) => FormattableString.Invariant($"/api/v2.0/payment-link/update/{id}");

    private static string? Text(JsonElement link, string name) => link.GetProperty(name).GetString();

    private static string Without(JsonElement link, string name) =>
        string.Join(',', link.EnumerateObject().Where(member => member.Name != name).Select(member => member.ToString()));

    private Task<Answer> CreateAsync(PaymentLinkRequest link) => Singapay.PostAsync(CreatePath, link.ToString());
}
