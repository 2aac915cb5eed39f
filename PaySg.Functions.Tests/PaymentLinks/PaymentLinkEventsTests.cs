using System.Text;
using System.Text.Json;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Events;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks;

public sealed class PaymentLinkEventsTests
{
    private static readonly DateTimeOffset Paid = LinkAttemptFixture.Begun.AddMinutes(1);

    [Fact]
    public async Task The_body_is_the_published_one_field_by_field()
    {
        var link = A.PaymentLink().Paid(4).Build() with { ExpiredAt = DateTimeOffset.FromUnixTimeMilliseconds(1740960000123), PaymentDate = Paid };
        var attempt = A.LinkAttempt().On(link).From(new LinkCustomer("Siti Café", "siti@example.com", "081234567890")).Paid().Build();

        var told = await PaidAsync(link, attempt);

        Assert.Equal(("payment-link-transaction", link.AccountId, Paid), (told.Type, told.OwnerId, told.CreatedAt));
        Assert.Matches("^evt_[0-9a-f-]{36}$", told.Id);
        Assert.Equal(
            """
            {"status":200,"success":true,"event":"payment-link-transaction","timestamp":"15 Jan 2026 09:31:00",
            "data":{"transaction":{"reff_no":"ATTEMPT","type":"pl","status":"paid","amount":{"value":"20000.00","currency":"IDR"},"tip":null,
            "post_timestamp":"15 Jan 2026 09:31:00","processed_timestamp":"15 Jan 2026 09:31:00"},
            "customer":{"id":null,"name":"Siti Café","email":"siti@example.com","phone":"081234567890"},
            "payment":{"method":"payment_link","additional_info":{"payment_link":{"id":103,"reff_no":"PL2025102113590968f72f3df34e5","title":"tes",
            "payment_date":"2026-01-15T02:31:00.000000Z","payment_url":"https://pay.agency.gov.sg/b2b/PL2025102113590968f72f3df34e5","status":"open",
            "max_usage":20,"current_usage":4,"expired_at":"2025-03-03T00:00:00.123000Z","total_amount":"20000.00","account_id":NUMBER}}}}}
            """.ReplaceLineEndings("")
                .Replace("ATTEMPT", attempt.ReffNo, StringComparison.Ordinal)
                .Replace("NUMBER", AccountId.ToNumber(link.AccountId).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
            Encoding.UTF8.GetString(told.Body.Span));
    }

    [Fact]
    public async Task A_link_that_its_owner_has_ended_while_a_payer_paid_is_told_as_closed()
    {
        foreach (var ended in new[] { PaymentLinkStatus.Closed, PaymentLinkStatus.Expired })
        {
            var told = await PaidAsync(A.PaymentLink().In(ended).Paid(1).Build(), A.LinkAttempt().Paid().Build());
            var link = JsonSerializer.Deserialize<JsonElement>(told.Body.Span).GetProperty("data").GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link");

            Assert.Equal("closed", link.GetProperty("status").GetString());
            Assert.Equal(JsonValueKind.Null, link.GetProperty("expired_at").ValueKind);
        }
    }

    [Fact]
    public void No_payment_service_subscribes_to_it()
    {
        Assert.DoesNotContain(EventTypes.PaymentLinkTransaction, EventTypes.Subscribable);
    }

    private static async Task<WebhookEvent> PaidAsync(PaymentLink link, LinkAttempt attempt)
    {
        await using var parts = PaySgParts.Build("UseDevelopmentStorage=true");
        return parts.Get<PaymentLinkEvents>().Paid(link, attempt, Paid);
    }
}
