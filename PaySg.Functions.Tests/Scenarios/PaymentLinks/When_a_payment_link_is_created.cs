using System.Globalization;
using System.Text.Json;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_link_is_created(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string[] Members =
    [
        "id", "reff_no", "title", "payment_url", "status", "status_computed", "required_customer_detail", "max_usage", "current_usage", "expired_at", "is_expired",
        "total_amount", "items", "whitelisted_payment_method", "redirect_url", "payment_date", "created_at", "updated_at", "account",
    ];

    private SingapayClient Singapay => shared.App.Singapay;

    [Fact]
    public async Task Should_answer_200_and_the_link_as_it_is_shown_from_then_on()
    {
        var reffNo = PaymentLinkCalls.NewReffNo();
        var answer = await Singapay.CreateLinkAsync(A.NewPaymentLink(reffNo)
            .With("title", "Invoice <陳> \"é\" 😀")
            .With("required_customer_detail", true)
            .With("expired_at", 4891363200123)
            .WithJson("whitelisted_payment_method", """["QRIS","VA_BRI","QRIS"]""")
            .With("redirect_url", "https://example.com/thank-you?a=1&b=2"));

        var link = answer.Data();
        Assert.Equal(["status", "success", "data"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(Members, link.EnumerateObject().Select(member => member.Name));
        Assert.Equal((reffNo, "Invoice <陳> \"é\" 😀"), (link.ReffNo(), Text(link, "title")));
        Assert.Equal(new Uri(shared.App.BaseAddress, $"/b2b/{reffNo}").AbsoluteUri, Text(link, "payment_url"));
        Assert.Equal(("open", "open", true, false), (Text(link, "status"), Text(link, "status_computed"), Flag(link, "required_customer_detail"), Flag(link, "is_expired")));
        Assert.Equal((10, 0), (link.GetProperty("max_usage").GetInt32(), link.GetProperty("current_usage").GetInt32()));
        Assert.Equal("2125-01-01T07:00:00+07:00", Text(link, "expired_at"));
        Assert.Equal("100000.00", Text(link, "total_amount"));
        Assert.Equal("""[{"name":"Laptop","quantity":1,"unit_price":100000,"subtotal":100000}]""", link.GetProperty("items").GetRawText());
        Assert.Equal("""["QRIS","VA_BRI"]""", link.GetProperty("whitelisted_payment_method").GetRawText());
        Assert.Equal("https://example.com/thank-you?a=1&b=2", Text(link, "redirect_url"));
        Assert.Equal(JsonValueKind.Null, link.GetProperty("payment_date").ValueKind);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$", Text(link, "created_at"));
        Assert.Equal(Text(link, "created_at"), Text(link, "updated_at"));
        Assert.Equal(
            $$"""{"id":"{{SingapayClient.AccountId}}","name":"Demo merchant","email":"merchant@example.com","phone":"08123993201","status":"active"}""",
            link.GetProperty("account").GetRawText());
        Assert.InRange(link.Id(), 1, 9_007_199_254_740_991);
        Assert.Equal(answer.Body, (await Singapay.GetLinkAsync(link.Id())).Body);
    }

    [Fact]
    public async Task Should_need_no_more_than_what_is_mandatory()
    {
        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink().Without("required_customer_detail"));

        Assert.False(Flag(link, "required_customer_detail"));
        Assert.All(
            (string[])["expired_at", "whitelisted_payment_method", "redirect_url", "payment_date"],
            name => Assert.Equal(JsonValueKind.Null, link.GetProperty(name).ValueKind));
        Assert.False(link.TryGetProperty("optional_metadata", out _));
    }

    [Theory]
    [InlineData("1", "20000", "20000", "20000.00")]
    [InlineData("\"1\"", "\"20000\"", "20000", "20000.00")]
    [InlineData("\"2\"", "\"10000.00\"", "\"20000\"", "20000.00")]
    [InlineData("2.0", "10000.00", "\"20000.00\"", "20000.00")]
    [InlineData("1", "10000", "10000.0", "10000.00")]
    [InlineData("1000000", "999999", "999999000000", "999999000000.00")]
    [InlineData("1", "999999999999", "999999999999", "999999999999.00")]
    public async Task Should_read_numbers_however_they_are_written_and_show_them_so(string quantity, string unitPrice, string total, string shownTotal)
    {
        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink()
            .WithJson("items", $$"""[{"name":"tes","quantity":{{quantity}},"unit_price":{{unitPrice}}}]""")
            .WithJson("total_amount", total));

        var item = Assert.Single(link.GetProperty("items").EnumerateArray());
        Assert.Equal((quantity, unitPrice), (item.GetProperty("quantity").GetRawText(), item.GetProperty("unit_price").GetRawText()));
        Assert.Equal(shownTotal, $"{item.GetProperty("subtotal").GetInt64().ToString(CultureInfo.InvariantCulture)}.00");
        Assert.Equal(JsonValueKind.Number, item.GetProperty("subtotal").ValueKind);
        Assert.Equal(shownTotal, Text(link, "total_amount"));
    }

    [Fact]
    public async Task Should_take_discounts_as_negative_prices()
    {
        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink()
            .WithJson("items", """[{"name":"Ticket","quantity":3,"unit_price":10000},{"name":"Discount","quantity":1,"unit_price":"-5000"}]""")
            .With("total_amount", 25000));

        Assert.Equal([30000, -5000], link.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subtotal").GetInt64()));
    }

    [Fact]
    public async Task Should_keep_and_show_the_metadata_that_it_is_given()
    {
        const string Metadata = """{"order":"A-1","n":1.50,"list":[null,true,{"z":"é😀"}],"10":1,"2":{}}""";

        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink().WithJson("optional_metadata", Metadata));

        Assert.Equal(Metadata, link.GetProperty("optional_metadata").GetRawText());
        Assert.Equal(Metadata, (await Singapay.GetLinkAsync(link.Id())).Data().GetProperty("optional_metadata").GetRawText());
    }

    [Theory]
    [InlineData(""" {"expired_at":"4891363200000","customer_pays_fee":true,"unknown":{"a":[1]},"status":"closed","current_usage":7,"id":1} """, "2125-01-01T07:00:00+07:00", null)]
    [InlineData("""{"redirect_url":"https:\/\/example.com\/thank-you","items":[{"name":"A\/B","quantity":1,"unit_price":100000,"subtotal":7}]}""", null, "https://example.com/thank-you")]
    [InlineData("""{"redirect_url":"http://localhost:3000/done#top","whitelisted_payment_method":[]}""", null, "http://localhost:3000/done#top")]
    [InlineData("""{"redirect_url":null,"expired_at":null,"whitelisted_payment_method":null,"optional_metadata":null,"required_customer_detail":null}""", null, null)]
    public async Task Should_take_what_clients_send(string changes, string? expiredAt, string? redirectUrl)
    {
        var request = A.NewPaymentLink();
        foreach (var change in JsonDocument.Parse(changes).RootElement.EnumerateObject())
            request.WithJson(change.Name, change.Value.GetRawText());

        var link = await Singapay.CreatedLinkAsync(request);

        Assert.Equal((expiredAt, redirectUrl), (link.GetProperty("expired_at").GetString(), link.GetProperty("redirect_url").GetString()));
        Assert.Equal(("open", 0), (Text(link, "status"), link.GetProperty("current_usage").GetInt32()));
        Assert.Equal(JsonValueKind.Null, link.GetProperty("whitelisted_payment_method").ValueKind);
    }

    [Fact]
    public async Task Should_take_escaped_slashes_byte_for_byte()
    {
        var body = A.NewPaymentLink().With("redirect_url", "https://example.com/a").ToString().Replace("https://example.com/a", """https:\/\/example.com\/a""", StringComparison.Ordinal);

        var link = (await Singapay.PostAsync(Singapay.LinksPath(), body)).Data();

        Assert.Contains("""\/""", body, StringComparison.Ordinal);
        Assert.Equal("https://example.com/a", Text(link, "redirect_url"));
    }

    [Fact]
    public async Task Should_take_a_date_that_is_over()
    {
        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink().With("expired_at", 1738368000000));

        Assert.Equal(("open", "expired", true), (Text(link, "status"), Text(link, "status_computed"), Flag(link, "is_expired")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("AZaz09._~:-")]
    [InlineData("...")]
    [InlineData("PL20251021135909681234567890123456789012")]
    public async Task Should_take_every_reff_no_that_a_path_can_hold(string reffNo)
    {
        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink(reffNo));

        Assert.Equal(reffNo, link.ReffNo());
    }

    [Fact]
    public async Task Should_refuse_a_reff_no_that_the_account_or_another_has()
    {
        var reffNo = (await Singapay.CreatedLinkAsync()).ReffNo();
        using var other = await shared.App.OtherMerchantAsync();

        foreach (var client in new[] { Singapay, other })
        {
            var refused = (await client.CreateLinkAsync(A.NewPaymentLink(reffNo))).ExpectSingapayError(422, "Validation error", "reff_no");
            Assert.Equal("""{"reff_no":["The reff no has already been taken."]}""", refused.Json.GetProperty("error").GetProperty("errors").GetRawText());
        }

        Assert.Empty((await other.ListLinksAsync()).Ids);
        Assert.Single(await StoredRows.OfAsync(shared.App.Connection, "paysgpaymentlinks", $"r:{reffNo}"));
    }

    [Fact]
    public async Task Should_tell_a_reff_no_from_one_in_another_case()
    {
        var reffNo = PaymentLinkCalls.NewReffNo();

        var upper = await Singapay.CreatedLinkAsync(A.NewPaymentLink(reffNo));
        var lower = await Singapay.CreatedLinkAsync(A.NewPaymentLink(reffNo.ToLowerInvariant()));

        Assert.NotEqual(upper.Id(), lower.Id());
    }

    [Fact]
    public async Task Should_refuse_an_account_that_is_not_active_and_let_it_manage_what_it_has()
    {
        using var merchant = await shared.App.OtherMerchantAsync(AccountStatus.Inactive);

        var refused = (await merchant.CreateLinkAsync()).ExpectSingapayError(403);

        Assert.Contains("not active", refused.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await merchant.ListLinksAsync()).Ids);
    }

    [Fact]
    public async Task Should_list_the_payment_methods_and_not_take_their_path_for_an_account()
    {
        var data = (await Singapay.GetAsync("/api/v1.0/payment-link-manage/payment-methods")).Data();

        Assert.Equal(["payment_methods", "available_codes"], data.EnumerateObject().Select(member => member.Name));
        Assert.Equal(20, data.GetProperty("available_codes").GetArrayLength());
        Assert.Equal(
            data.GetProperty("available_codes").EnumerateArray().Select(code => code.GetString()),
            data.GetProperty("payment_methods").EnumerateArray().Select(method => method.GetProperty("code").GetString()));
        Assert.Contains(
            """{"code":"VA_BRI","name":"VA BRI","group":"va","desc":"Virtual Account BRI"}""",
            data.GetProperty("payment_methods").EnumerateArray().Select(method => method.GetRawText()));
    }

    [Fact]
    public async Task Should_take_every_listed_method_on_a_whitelist()
    {
        var codes = (await Singapay.GetAsync("/api/v1.0/payment-link-manage/payment-methods")).Data().GetProperty("available_codes").GetRawText();

        var link = await Singapay.CreatedLinkAsync(A.NewPaymentLink().WithJson("whitelisted_payment_method", codes));

        Assert.Equal(codes, link.GetProperty("whitelisted_payment_method").GetRawText());
    }

    private static string Text(JsonElement link, string name) => link.GetProperty(name).GetString()!;

    private static bool Flag(JsonElement link, string name) => link.GetProperty(name).GetBoolean();
}
