using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Singapay's page "Update" prints a request and an answer: the one must bring about the other, member by member.</summary>
public sealed class When_the_published_update_is_sent
{
    private const string Request =
        """
        {
            "required_customer_detail": true,
            "max_usage": 20,
            "expired_at": 1740960000000,
            "status": "open",
            "whitelisted_payment_method": ["VA_BRI", "VA_DANAMON", "QRIS", "ALFAMART"],
            "redirect_url": "https://example.com/thank-you"
        }
        """;

    private const string Answer =
        """
        {
            "status": 200,
            "success": true,
            "data": {
                "id": 103,
                "reff_no": "PL2025102113590968f72f3df34e5",
                "title": "tes",
                "payment_url": "http://localhost:3000/b2b/PL2025102113590968f72f3df34e5",
                "status": "open",
                "status_computed": "expired",
                "required_customer_detail": true,
                "max_usage": 20,
                "current_usage": 2,
                "expired_at": "2025-03-03T00:00:00+07:00",
                "is_expired": true,
                "total_amount": "20000.00",
                "items": [
                    {
                        "name": "tes",
                        "quantity": "1",
                        "unit_price": "20000",
                        "subtotal": 20000
                    }
                ],
                "whitelisted_payment_method": [
                    "VA_BRI",
                    "VA_DANAMON",
                    "QRIS",
                    "ALFAMART"
                ],
                "redirect_url": "https://example.com/thank-you",
                "payment_date": "2025-10-21T13:59:40+07:00",
                "created_at": "2025-10-21T13:59:40+07:00",
                "updated_at": "2025-10-21T18:32:01+07:00",
                "account": {
                    "id": "01K7P073Q8RE2A9PQT8Q7MXPN4",
                    "name": "Moh. Zulkifli Katili",
                    "email": "tes@gmail.com",
                    "phone": "08123993201",
                    "status": "active"
                }
            }
        }
        """;

    // The page prints 1740960000000 back as midnight in Jakarta, but that instant is midnight in UTC. The instant is kept.
    private const string ExpiredAt = "2025-03-03T07:00:00+07:00";

    [Fact]
    public async Task Should_give_the_published_answer_member_by_member_but_for_the_instant_of_expired_at()
    {
        var now = new DateTimeOffset(2025, 10, 21, 18, 32, 1, TimeSpan.FromHours(7));
        var settings = new Dictionary<string, string> { ["PaySg__PublicBaseUrl"] = "http://localhost:3000" };
        await using var app = await PaySgApp.StartAsync(settings: settings, services: (group, services) =>
        {
            if (group == "http")
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new SkippingClock(now)));
        });
        await app.Services.GetRequiredService<AccountStore>().SaveAsync(
            new Account
            {
                Id = SingapayClient.AccountId,
                Name = "Moh. Zulkifli Katili",
                Email = "tes@gmail.com",
                Phone = "08123993201",
                CreatedAt = PaymentLinkFixture.Created,
                UpdatedAt = PaymentLinkFixture.Created,
            },
            CancellationToken.None);
        var link = A.PaymentLink().MaxUsage(10).Build(id: 103) with { CurrentUsage = 2, HasHistories = true, PaymentDate = PaymentLinkFixture.Created };
        await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(link);

        var answer = await app.Singapay.PutAsync(app.Singapay.LinksPath(103), Request);

        answer.Data();
        var expected = JsonNode.Parse(Answer)!;
        Assert.Equal("2025-03-03T00:00:00+07:00", expected["data"]!["expired_at"]!.GetValue<string>());
        expected["data"]!["expired_at"] = ExpiredAt;

        // The texts of both: names, order, types and values.
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(answer.Body)!.ToJsonString());
        Assert.Equal(answer.Body, (await app.Singapay.GetLinkAsync(103)).Body);
    }
}
