using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>JSON Schema 2020-12, section 4.2.3: 1130, 1130.0 and 1.13e3 are one and the same integer. Clients whose only number is floating point write the latter.</summary>
public sealed class When_numbers_are_written_otherwise(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("1130.0")]
    [InlineData("1130.000000000000000000000000000000000000")]
    [InlineData("1.13e3")]
    [InlineData("1.13E+3")]
    [InlineData("113000e-2")]
    [InlineData("0.00113e6")]
    public async Task Should_take_an_amount_that_is_whole_by_its_value(string amount)
    {
        var payment = (await CreateAsync(amount)).Expect(HttpStatusCode.Created);

        Assert.Equal("1130", payment.Json.GetProperty("amount_in_cents").GetRawText());
    }

    [Theory]
    [InlineData("1130.5")]
    [InlineData("1130.0000000000000000001")]
    [InlineData("1.1305e3")]
    [InlineData("1e-1")]
    [InlineData("1e-400")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("20000000.000000000000000001")]
    [InlineData("20000001.0")]
    [InlineData("0.0")]
    [InlineData("0e5")]
    [InlineData("-1130.0")]
    [InlineData("18446744073709552746")]
    [InlineData("\"1130.0\"")]
    public async Task Should_refuse_a_fraction_and_what_is_out_of_bounds_without_rounding(string amount) =>
        await shared.RefusedAsync(_ => CreateAsync(amount), 400, "invalid_parameters", "amount_in_cents");

    [Fact]
    public async Task Should_take_them_in_items_and_refunds_and_give_them_back_as_integers()
    {
        var created = (await shared.Client.PostAsync(
            ApiClient.PaymentsPath,
            """{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1130.0,"line_items":[{"description":"a","amount_in_cents":1e3,"quantity":2.0}]}""")).Expect(HttpStatusCode.Created);
        var item = Assert.Single(created.Json.GetProperty("line_items").EnumerateArray());
        Assert.Equal(("1000", "2"), (item.GetProperty("amount_in_cents").GetRawText(), item.GetProperty("quantity").GetRawText()));
        (await shared.Client.PayAsync(created["id"]!)).Expect(HttpStatusCode.OK);

        var refund = $"{ApiClient.PaymentsPath}/{created["id"]}/refund";
        (await shared.Client.PostAsync(refund, """{"refund_amount_in_cents":100.5}""")).Expect(HttpStatusCode.BadRequest);
        (await shared.Client.PostAsync(refund, """{"refund_amount_in_cents":100.0,"refund_amount_available_in_cents":1.13e3}""")).Expect(HttpStatusCode.OK);

        var refunds = (await shared.Client.GetAsync($"{ApiClient.PaymentsPath}/{created["id"]}/refunds")).Json.GetProperty("data");
        Assert.Equal(100, Assert.Single(refunds.EnumerateArray()).GetProperty("amount_in_cents").GetInt64());
    }

    [Fact]
    public async Task Should_be_the_same_request_under_an_idempotency_key()
    {
        var first = (await CreateAsync("1130", "number-1")).Expect(HttpStatusCode.Created);
        var again = (await CreateAsync("1130.00", "number-1")).Expect(HttpStatusCode.Created);
        (await CreateAsync("1131.00", "number-1")).Expect(HttpStatusCode.Conflict);

        Assert.Equal((first["id"], "true"), (again["id"], again.Headers["Idempotent-Replayed"]));
    }

    [Fact]
    public async Task Should_take_them_in_all_calls_that_have_a_number()
    {
        var management = new ManagementClient(shared.App.BaseAddress);
        var service = (await management.PostAsync(ManagementClient.ServicesPath, """{"name":"n","gst_rate_percent":9.250}""")).Expect(HttpStatusCode.Created);
        Assert.Equal(9.25m, service.Json.GetProperty("gst_rate_percent").GetDecimal());
        Assert.Equal(9m, (await management.PatchAsync($"{ManagementClient.ServicesPath}/{service["id"]}", """{"gst_rate_percent":90e-1}""")).Json.GetProperty("gst_rate_percent").GetDecimal());
        (await management.PatchAsync($"{ManagementClient.ServicesPath}/{service["id"]}", """{"gst_rate_percent":9.255}""")).Expect(HttpStatusCode.BadRequest);

        var endpoint = (await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:9/hook")))).Id;
        (await shared.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/rotate-secret", """{"expires_in_seconds":6e1}""")).Expect(HttpStatusCode.OK);
        (await shared.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/rotate-secret", """{"expires_in_seconds":60.5}""")).Expect(HttpStatusCode.BadRequest);
        var recovery = (await shared.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/recover", """{"since":1.7684406e12,"until":1768440600000.0}""")).Expect(HttpStatusCode.Accepted);
        Assert.Equal(("2026-01-15T09:30:00.000+08:00", "2026-01-15T09:30:00.000+08:00"), (recovery["since"], recovery["until"]));
    }

    [Fact]
    public async Task Should_take_them_in_payment_links_of_both_versions()
    {
        var link = (await shared.App.Singapay.PostAsync(
            shared.App.Singapay.LinksPath(),
            $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","title":"t","max_usage":1e1,"expired_at":1.9e12,"total_amount":2e4,"items":[{"name":"a","quantity":2.0,"unit_price":1e4}]}""")).Data();

        Assert.Equal(10, link.GetProperty("max_usage").GetInt32());
        Assert.Equal("20000.00", link.GetProperty("total_amount").GetString());
        Assert.Equal("2030-03-18T00:46:40+07:00", link.GetProperty("expired_at").GetString());
        var item = Assert.Single(link.GetProperty("items").EnumerateArray());
        Assert.Equal(("2.0", "10000", "20000"), (item.GetProperty("quantity").GetRawText(), item.GetProperty("unit_price").GetRawText(), item.GetProperty("subtotal").GetRawText()));

        (await shared.App.Singapay.PutAsync(
            shared.App.Singapay.LinksPath(link.Id()), """{"required_customer_detail":false,"max_usage":20.0,"expired_at":1900000000000.0,"status":"open"}""")).Data();
        var second = (await shared.App.Singapay.PostAsync(
            $"/api/v2.0/payment-link/{SingapayClient.AccountId}", $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","total_amount":2.0e4,"max_usage":3.0}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(3, second.Json.GetProperty("data").GetProperty("max_usage").GetInt32());
        foreach (var wrong in new[] { "\"max_usage\":10.5", "\"max_usage\":1e400", "\"total_amount\":20000.5", "\"expired_at\":1900000000000.5" })
        {
            (await shared.App.Singapay.PostAsync(
                $"/api/v2.0/payment-link/{SingapayClient.AccountId}", $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}",{{(wrong.Contains("total", StringComparison.Ordinal) ? "" : "\"total_amount\":20000,")}}{{wrong}}}""")).Expect(HttpStatusCode.UnprocessableEntity);
        }
    }

    private Task<Answer> CreateAsync(string amount, string? idempotencyKey = null) => shared.Client.PostAsync(
        ApiClient.PaymentsPath, $$"""{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":{{amount}}}""", idempotencyKey: idempotencyKey);
}
