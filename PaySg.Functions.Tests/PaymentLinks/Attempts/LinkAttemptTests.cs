using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.PaymentLinks.Attempts;

[Trait("Category", "Rules")]
public sealed class LinkAttemptTests
{
    private static readonly DateTimeOffset Now = LinkAttemptFixture.Begun;

    [Fact]
    public void A_change_of_status_is_possible_if_and_only_if_it_is_listed()
    {
        foreach (var (from, to, _) in ChargeAttempts.Edges)
            Assert.Equal(to, (A.LinkAttempt().Build() with { Status = from }).Become(to, Now).Status);
        foreach (var from in Enum.GetValues<ChargeAttemptStatus>())
        {
            foreach (var to in Enum.GetValues<ChargeAttemptStatus>().Where(to => !ChargeAttempts.Allows(from, to)))
            {
                var fault = Assert.Throws<InvalidOperationException>(() => (A.LinkAttempt().Build() with { Status = from }).Become(to, Now));
                Assert.Equal($"An attempt that is {from} cannot become {to}.", fault.Message);
            }
        }
    }

    [Fact]
    public void A_paid_attempt_knows_when_it_was_paid_and_another_does_not()
    {
        Assert.Equal(Now.AddMinutes(1), A.LinkAttempt().Paid().Build().PaidAt);
        Assert.Null(A.LinkAttempt().Failed().Build().PaidAt);
        Assert.Null(A.LinkAttempt().In(ChargeAttemptStatus.Refunding).Build().Become(ChargeAttemptStatus.Failed, Now, "refunded_late").PaidAt);
    }

    [Fact]
    public void What_the_gateway_says_of_the_card_is_kept()
    {
        var card = new ChargedCard("visa", "4242");
        var pending = A.LinkAttempt().Build().Learn(new ChargeOutcome(ChargeState.Pending) { Card = card });

        Assert.Equal(card, pending.Learn(new ChargeOutcome(ChargeState.Succeeded)).Card);
        Assert.Equal("0005", pending.Learn(new ChargeOutcome(ChargeState.Succeeded) { Card = new ChargedCard("amex", "0005") }).Card!.LastFour);
    }

    [Fact]
    public void Whose_link_it_is_stays_as_the_payer_was_told()
    {
        var told = AnAccount("Toko Budi", "budi@example.com", "0812", "logos/a/1.png");
        var now = AnAccount("Renamed", "new@example.com", "0899", "logos/a/2.png");
        var kept = A.LinkAttempt().Build().To(told);

        Assert.Equal(now with { Name = "Toko Budi", Email = "budi@example.com", Phone = "0812", LogoPath = "logos/a/1.png" }, kept.PayeeOf(now));
        Assert.Null(A.LinkAttempt().Build().To(told with { LogoPath = null }).PayeeOf(now)!.LogoPath);
        Assert.Null(kept.PayeeOf(null));
    }

    [Fact]
    public void What_an_older_release_did_not_write_down_of_whose_link_it_is_is_as_it_is_now()
    {
        var now = AnAccount("Toko Budi", "new@example.com", "0899", "logos/a/2.png");

        Assert.Same(now, A.LinkAttempt().To(null).Build().PayeeOf(now));
        Assert.Equal(now, A.LinkAttempt().To("Toko Budi").Build().PayeeOf(now));
        Assert.Equal(now with { Name = "Old name", LogoPath = null }, A.LinkAttempt().To("Old name").Build().PayeeOf(now));
    }

    [Fact]
    public void A_payer_has_a_day_and_not_longer_than_the_link_runs()
    {
        var soon = Now.AddHours(2);

        Assert.Equal(Now.AddHours(24), A.LinkAttempt().Build().ExpiredAt);
        Assert.Equal(Now.AddHours(24), A.LinkAttempt().On(A.PaymentLink().Expiring(Now.AddDays(9)).Build()).Build().ExpiredAt);
        Assert.Equal(soon, A.LinkAttempt().On(A.PaymentLink().Expiring(soon).Build()).Build().ExpiredAt);
    }

    [Fact]
    public void What_is_not_decided_in_time_is_expired_and_what_is_decided_never_is()
    {
        var end = Now.AddHours(24);
        foreach (var open in new[] { ChargeAttemptStatus.Begun, ChargeAttemptStatus.Pending })
        {
            Assert.False(A.LinkAttempt().In(open).Build().IsExpiredAt(end.AddTicks(-1)));
            Assert.True(A.LinkAttempt().In(open).Build().IsExpiredAt(end));
        }

        Assert.False(A.LinkAttempt().Paid().Build().IsExpiredAt(end));
        Assert.False(A.LinkAttempt().Failed().Build().IsExpiredAt(end));
        Assert.True(A.LinkAttempt().Failed(LinkAttempt.Expired).Build().IsExpiredAt(Now));
    }

    [Fact]
    public void The_gateway_charges_the_accounts_rupiah_under_the_attempts_number()
    {
        var attempt = A.LinkAttempt().Of(150_000).Build();

        Assert.Equal(
            new GatewayAttempt(new AttemptKey(attempt.AccountId, attempt.ReffNo, attempt.ReffNo), new Money(150_000, "IDR"), attempt.MethodCode, attempt.CreatedAt),
            attempt.AtGateway);
    }

    [Fact]
    public void An_attempt_is_read_from_its_row_as_it_was_written()
    {
        var attempt = A.LinkAttempt().From(new LinkCustomer("Siti Café", "siti@example.com", "081234567890")).Paid().Build() with
        {
            OptionalMetadata = """{"order":"7"}""",
            Call = new AttemptCall(new IdempotentRequest("hash", "fingerprint"), "req_1"),
        };

        Assert.Equal(attempt, LinkAttemptRows.Read(LinkAttemptRows.Write(attempt)));
    }

    [Fact]
    public void The_rows_beside_an_attempt_name_it_and_their_kind()
    {
        var attempt = A.LinkAttempt().Build();
        var due = Now.AddHours(1);

        Assert.Equal(("link-charge", attempt.ReffNo, attempt.CreatedAt), Read(LinkAttemptRows.Doubt(attempt)));
        Assert.Equal(("link-charge", attempt.ReffNo, due), Read(LinkAttemptRows.SeenAfter(attempt, due)));
        Assert.Equal(("link-late-charge", attempt.ReffNo, due), Read(LinkAttemptRows.LateCharge(attempt, due)));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 15)]
    [InlineData(20, 60)]
    [InlineData(61, 360)]
    [InlineData(360, 1440)]
    [InlineData(1439, 1440)]
    [InlineData(1440, 1500)]
    [InlineData(3000, 3060)]
    public void A_pending_attempt_is_seen_after_at_growing_times_and_at_the_end_of_the_payers_time(int minutes, int expected)
    {
        Assert.Equal(Now.AddMinutes(expected), PendingLinkSchedule.Next(A.LinkAttempt().Build(), Now.AddMinutes(minutes)));
    }

    [Fact]
    public void A_pending_attempt_on_a_link_that_ends_soon_is_seen_after_then()
    {
        var attempt = A.LinkAttempt().On(A.PaymentLink().Expiring(Now.AddMinutes(3)).Build()).Build();

        Assert.Equal(Now.AddMinutes(3), PendingLinkSchedule.Next(attempt, Now));
    }

    [Theory]
    [InlineData("081234567890", true)]
    [InlineData("+62 812-3456-7890", true)]
    [InlineData("(021) 555.0199", true)]
    [InlineData("12345", true)]
    [InlineData("1234", false)]
    [InlineData("123456789012345", true)]
    [InlineData("1234567890123456", false)]
    [InlineData("(021) 555.0199-----------", true)]
    [InlineData("(021) 555.0199------------", false)]
    [InlineData("62+8123456789", false)]
    [InlineData("0812345678x", false)]
    [InlineData("٠٨١٢٣٤٥٦٧", false)]
    [InlineData("", false)]
    public void A_phone_number_is_what_people_write(string text, bool expected) => Assert.Equal(expected, LinkCustomer.IsPhone(text));

    private static (string Kind, string Subject, DateTimeOffset Time) Read(OutboxRow row)
    {
        var read = OutboxRow.Parse(row.OwnerId, row.RowKey)!;
        return (read.Kind, read.Subject, read.DueAt);
    }

    private static Account AnAccount(string name, string email, string phone, string? logoPath) =>
        new() { Id = "a", Name = name, Email = email, Phone = phone, LogoPath = logoPath, CreatedAt = Now, UpdatedAt = Now };
}
