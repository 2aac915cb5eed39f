using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Gateway;

public sealed class ChargeAttemptTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    private static readonly (ChargeAttemptStatus From, ChargeAttemptStatus To)[] Listed =
    [
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Pending),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Succeeded),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Failed),
        (ChargeAttemptStatus.Begun, ChargeAttemptStatus.Refunding),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Refunding),
        (ChargeAttemptStatus.Failed, ChargeAttemptStatus.Refunding),
        (ChargeAttemptStatus.Refunding, ChargeAttemptStatus.Failed),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Succeeded),
        (ChargeAttemptStatus.Pending, ChargeAttemptStatus.Failed),
    ];

    [Fact]
    public void A_change_of_status_is_possible_if_and_only_if_it_is_listed()
    {
        foreach (var from in Enum.GetValues<ChargeAttemptStatus>())
        {
            foreach (var to in Enum.GetValues<ChargeAttemptStatus>())
            {
                var fault = Record.Exception(() => In(from).Become(to, Now));
                Assert.True(fault is null == Listed.Contains((from, to)), $"{from} to {to}");
                Assert.Equal(Listed.Contains((from, to)), ChargeAttemptTransitions.Allows(from, to));
            }
        }

        Assert.Equal(Listed, ChargeAttemptTransitions.Edges.Select(edge => (edge.From, edge.To)));
        Assert.All(ChargeAttemptTransitions.Edges, edge => Assert.NotEmpty(edge.Reason));
    }

    [Fact]
    public void An_attempt_is_final_when_nothing_can_follow_but_money_that_goes_back()
    {
        Assert.All(
            Enum.GetValues<ChargeAttemptStatus>(),
            status => Assert.Equal(
                !ChargeAttemptTransitions.Edges.Any(edge => edge.From == status && (status, edge.To) != (ChargeAttemptStatus.Failed, ChargeAttemptStatus.Refunding)),
                In(status).IsFinal));
    }

    [Theory]
    [InlineData(ChargeState.Succeeded, null, ChargeAttemptStatus.Succeeded, null)]
    [InlineData(ChargeState.Declined, "card_declined", ChargeAttemptStatus.Failed, "card_declined")]
    [InlineData(ChargeState.Declined, null, ChargeAttemptStatus.Failed, "declined")]
    [InlineData(ChargeState.Voided, null, ChargeAttemptStatus.Failed, "superseded")]
    [InlineData(ChargeState.Voided, "expired", ChargeAttemptStatus.Failed, "expired")]
    [InlineData(ChargeState.ChargedByAnother, null, ChargeAttemptStatus.Failed, "superseded")]
    public void An_answer_that_decides_an_attempt_ends_it_and_says_why_where_nothing_was_charged(
        object state, string? reason, object status, string? failureReason)
    {
        foreach (var from in new[] { ChargeAttemptStatus.Begun, ChargeAttemptStatus.Pending })
        {
            Assert.Equal(((ChargeAttemptStatus)status, failureReason), ChargeAttemptTransitions.Next(from, new ChargeOutcome((ChargeState)state, reason)));
            Assert.True(ChargeAttemptTransitions.Allows(from, (ChargeAttemptStatus)status));
        }
    }

    [Fact]
    public void An_answer_that_decides_nothing_makes_an_attempt_pending_once()
    {
        Assert.Equal((ChargeAttemptStatus.Pending, null), ChargeAttemptTransitions.Next(ChargeAttemptStatus.Begun, new ChargeOutcome(ChargeState.Pending)));
        Assert.Null(ChargeAttemptTransitions.Next(ChargeAttemptStatus.Pending, new ChargeOutcome(ChargeState.Pending)));
        Assert.Null(ChargeAttemptTransitions.Next(ChargeAttemptStatus.Begun, new ChargeOutcome(ChargeState.Unknown)));
    }

    [Fact]
    public void A_change_keeps_what_was_known_and_says_when_and_why()
    {
        var failed = In(ChargeAttemptStatus.Begun).Become(ChargeAttemptStatus.Failed, Now.AddSeconds(3), "card_declined");

        Assert.Equal(In(ChargeAttemptStatus.Failed) with { FailureReason = "card_declined", UpdatedAt = Now.AddSeconds(3) }, failed);
    }

    [Fact]
    public void An_attempt_is_read_from_its_row_as_it_was_written()
    {
        var attempt = In(ChargeAttemptStatus.Failed) with { FailureReason = "card_declined" };

        Assert.Equal(attempt, ChargeAttemptRows.Read(ChargeAttemptRows.Write(attempt, "payment_service_1")));
    }

    [Fact]
    public void The_row_of_a_doubt_leads_back_to_payment_and_attempt()
    {
        var attempt = In(ChargeAttemptStatus.Begun) with { PaymentId = "-a_b-c_code0123456789" };

        var doubt = OutboxRow.Parse("payment_service_1", ChargeAttemptRows.Doubt(attempt, "payment_service_1").RowKey)!;

        Assert.Equal("charge", doubt.Kind);
        Assert.Equal((attempt.PaymentId, attempt.Id), OutboxSubject.Parse(doubt.Subject));
    }

    [Fact]
    public void A_method_never_prints_its_token()
    {
        Assert.Equal("card", new PaymentMethod("card", "tok_4242").ToString());
    }

    private static ChargeAttempt In(ChargeAttemptStatus status) => new()
    {
        Id = "att_1",
        PaymentId = "-abcdefcode0123456789",
        Method = "simulated",
        Status = status,
        CreatedAt = Now,
        UpdatedAt = Now,
    };
}
