using System.Text;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Histories;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks.Histories;

public sealed class HistoryJsonTests
{
    private static readonly DateTimeOffset Now = LinkAttemptFixture.Begun.AddHours(1);

    [Fact]
    public void A_paid_history_is_printed_field_by_field()
    {
        var attempt = A.LinkAttempt().Of(1_200_000).By("VA_BRI", "5588867273870397").From(new LinkCustomer("Siti Café", "siti@example.com", "081234567890")).Paid().Build() with
        {
            OptionalMetadata = """{"order":"7"}""",
        };

        Assert.Equal(
            $$"""
            {"id":{{attempt.Id}},"reff_no":"{{attempt.ReffNo}}","payment_link_reff_no":"PL2025102113590968f72f3df34e5","payment_method_name":"VA BRI",
            "payment_method_value":"5588867273870397","payment_method_additional":null,"expired_at":"2026-01-16T09:30:00+07:00","amount":"1200000.00",
            "payment_date":"2026-01-15T09:31:00+07:00","balance_after":null,"status":"paid","status_computed":"paid","is_expired":false,
            "customer_name":"Siti Café","customer_email":"siti@example.com","customer_phone":"081234567890","ip_address":"","locations":{},
            "processed_timestamp":"2026-01-15T09:31:00+07:00","has_settle":true,"settle_at":"2026-01-15T09:31:00+07:00","optional_metadata":{"order":"7"},
            "created_at":"2026-01-15T09:30:00+07:00","updated_at":"2026-01-15T09:31:00+07:00"}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(HistoryJson.Print(attempt, Now)));
    }

    [Fact]
    public void A_history_that_is_not_paid_has_no_dates_of_payment_and_nobody_who_was_not_asked()
    {
        var json = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(HistoryJson.Print(A.LinkAttempt().Build(), Now));

        Assert.All(["payment_date", "processed_timestamp", "settle_at", "optional_metadata"], name => Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty(name).ValueKind));
        Assert.All(["customer_name", "customer_email", "customer_phone", "ip_address"], name => Assert.Equal("", json.GetProperty(name).GetString()));
        Assert.False(json.GetProperty("has_settle").GetBoolean());
    }

    [Theory]
    [InlineData(ChargeAttemptStatus.Begun, null, "pending", "pending", "expired")]
    [InlineData(ChargeAttemptStatus.Pending, null, "pending", "pending", "expired")]
    [InlineData(ChargeAttemptStatus.Succeeded, null, "paid", "paid", "paid")]
    [InlineData(ChargeAttemptStatus.Failed, "card_declined", "failed", "failed", "failed")]
    [InlineData(ChargeAttemptStatus.Failed, "refunded_late", "failed", "failed", "failed")]
    [InlineData(ChargeAttemptStatus.Failed, "expired", "expired", "expired", "expired")]
    [InlineData(ChargeAttemptStatus.Refunding, null, "failed", "failed", "failed")]
    public void The_status_is_one_of_four_and_expiry_is_computed(ChargeAttemptStatus status, string? reason, string stored, string inTime, string later)
    {
        var attempt = A.LinkAttempt().Build() with { Status = status, FailureReason = reason };

        Assert.Equal((stored, inTime, later), (HistoryStatus.Stored(attempt), HistoryStatus.ComputedAt(attempt, Now), HistoryStatus.ComputedAt(attempt, Now.AddDays(2))));
        Assert.Contains(stored, HistoryStatus.All);
    }
}
