using System.Net;
using System.Text.Json;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_pays_on_a_payment_link(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Customer = """{"name":"Siti Café","email":"siti@example.com","phone":"081234567890"}""";

    [Fact]
    public async Task Should_answer_the_paid_history_and_count_the_use()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(3));

        var answer = (await shared.Client.AttemptAsync(link, customer: Customer)).Expect(HttpStatusCode.OK);

        Assert.Equal(
            [
                "id", "reff_no", "payment_link_reff_no", "payment_method_name", "payment_method_value", "payment_method_additional", "expired_at", "amount",
                "payment_date", "balance_after", "status", "status_computed", "is_expired", "customer_name", "customer_email", "customer_phone", "ip_address",
                "locations", "processed_timestamp", "has_settle", "settle_at", "optional_metadata", "created_at", "updated_at",
            ],
            answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("paid", "paid", "20000.00", "QRIS"), (answer["status"], answer["status_computed"], answer["amount"], answer["payment_method_name"]));
        Assert.Equal(("Siti Café", "siti@example.com", "081234567890"), (answer["customer_name"], answer["customer_email"], answer["customer_phone"]));
        Assert.Matches("^[0-9]{32}$", answer["reff_no"]);
        Assert.Equal(link.ReffNo, answer["payment_link_reff_no"]);
        var paid = await shared.App.LinkAsync(link);
        Assert.Equal((1, true), (paid.CurrentUsage, paid.HasHistories));
        Assert.NotNull(paid.PaymentDate);
        var attempt = Assert.Single(await shared.App.AttemptsAsync(link));
        Assert.Equal((answer["reff_no"], ChargeAttemptStatus.Succeeded), (attempt.ReffNo, attempt.Status));
    }

    [Fact]
    public async Task Should_count_no_use_for_a_payer_who_has_begun_or_was_declined()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(1));

        var pending = (await shared.Client.AttemptAsync(link, "pending", "VA_BRI")).Expect(HttpStatusCode.OK);
        var failed = (await shared.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.OK);

        Assert.Equal(("pending", "pending", "VA BRI"), (pending["status"], pending["status_computed"], pending["payment_method_name"]));
        Assert.Matches("^[0-9]{16}$", pending["payment_method_value"]);
        Assert.Equal(("failed", "failed"), (failed["status"], failed["status_computed"]));
        Assert.Equal((null, null, "False"), (failed["payment_date"], failed["settle_at"], failed["has_settle"]));
        Assert.Equal(0, (await shared.App.LinkAsync(link)).CurrentUsage);

        // Neither holds the use: another payer has it.
        Assert.Equal("paid", (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal("payment_link_used_up", (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
    }

    [Fact]
    public async Task Should_refuse_on_a_link_that_takes_no_payments()
    {
        var closed = await shared.App.AddLinkAsync(A.PaymentLink().In(PaymentLinkStatus.Closed).Expiring(DateTimeOffset.UnixEpoch));
        var ended = await shared.App.AddLinkAsync(A.PaymentLink().In(PaymentLinkStatus.Expired));
        var past = await shared.App.AddLinkAsync(A.PaymentLink().Expiring(DateTimeOffset.FromUnixTimeMilliseconds(1740960000000)));
        var used = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(2).Paid(2));

        await shared.RefusedAsync(api => api.AttemptAsync(closed), 402, "payment_link_closed");
        await shared.RefusedAsync(api => api.AttemptAsync(ended), 402, "payment_link_expired");
        await shared.RefusedAsync(api => api.AttemptAsync(past), 402, "payment_link_expired");
        await shared.RefusedAsync(api => api.AttemptAsync(used), 402, "payment_link_used_up");
    }

    [Fact]
    public async Task Should_take_payments_for_ever_on_a_link_without_a_limit()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(0));

        for (var i = 0; i < 3; i++)
            (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);

        Assert.Equal(3, (await shared.App.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_take_the_methods_of_the_whitelist_alone()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { WhitelistedPaymentMethod = ["VA_BRI", "ALFAMART"] }));

        await shared.RefusedAsync(api => api.AttemptAsync(link, method: "QRIS"), 402, "payment_method_not_allowed");
        Assert.Equal("ALFAMART", (await shared.Client.AttemptAsync(link, method: "ALFAMART")).Expect(HttpStatusCode.OK)["payment_method_name"]);
    }

    [Fact]
    public async Task Should_ask_who_pays_where_the_link_does()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { RequiredCustomerDetail = true }));

        await shared.RefusedAsync(api => api.AttemptAsync(link), 400, "invalid_parameters", "customer.name", "customer.email", "customer.phone");
        await shared.RefusedAsync(
            api => api.AttemptAsync(link, customer: """{"name":" ","email":"siti@example.com","phone":""}"""), 400, "invalid_parameters", "customer.name", "customer.phone");
        (await shared.Client.AttemptAsync(link, customer: Customer)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_refuse_on_a_link_of_an_account_that_is_not_in_use()
    {
        await using var app = await PaySgApp.StartAsync();
        var link = await app.AddLinkAsync();
        await app.SetAccountStatusAsync(AccountStatus.Inactive);

        Assert.Equal("account_inactive", (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Empty(await app.AttemptsAsync(link));
    }

    [Theory]
    [InlineData("PL-unknown")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("a%5Cb")]
    [InlineData("a%23b%3Fc")]
    [InlineData("01234567890123456789012345678901234567890")]
    public async Task Should_not_find_a_link_that_does_not_exist(string reffNo)
    {
        await shared.RefusedAsync(
            api => api.PostAsync($"/sandbox/payment-links/{reffNo}/attempts", """{"payment_method":"QRIS","outcome":"succeeded"}""", apiKey: null), 404, "payment_link_not_found");
    }

    [Fact]
    public async Task Should_not_find_a_link_that_is_claimed_and_not_made()
    {
        await new Azure.Data.Tables.TableServiceClient(shared.App.Connection).GetTableClient(StoredLinks.Table)
            .AddEntityAsync(PaymentLinkRows.WriteClaim("PL-claimed", SingapayClient.AccountId, 7));

        await shared.RefusedAsync(
            api => api.PostAsync("/sandbox/payment-links/PL-claimed/attempts", """{"payment_method":"QRIS","outcome":"succeeded"}""", apiKey: null), 404, "payment_link_not_found");
    }

    [Fact]
    public async Task Should_tell_the_account_by_one_event_for_each_paid_attempt()
    {
        var link = await shared.App.AddLinkAsync(A.PaymentLink().MaxUsage(5));
        (await shared.Client.AttemptAsync(link, "failed")).Expect(HttpStatusCode.OK);
        (await shared.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK);

        var paid = (await shared.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);

        var told = Assert.Single(
            from each in await StoredLinks.EventsAsync(shared.App.Connection)
            let body = JsonSerializer.Deserialize<JsonElement>(each.Body.Span)
            where body.GetProperty("data").GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link").GetProperty("id").GetInt64() == link.Id
            select (each.Type, Body: body));
        Assert.Equal("payment-link-transaction", told.Type);
        Assert.Equal(paid["reff_no"], told.Body.GetProperty("data").GetProperty("transaction").GetProperty("reff_no").GetString());
        Assert.Equal(1, told.Body.GetProperty("data").GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link").GetProperty("current_usage").GetInt32());
    }
}
