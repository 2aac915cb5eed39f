using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
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
                Assert.Equal(Listed.Contains((from, to)) ? null : $"An attempt that is {from} cannot become {to}.", fault?.Message);
                Assert.Equal(Listed.Contains((from, to)), ChargeAttempts.Allows(from, to));
            }
        }

        Assert.Equal(Listed, ChargeAttempts.Edges.Select(edge => (edge.From, edge.To)));
        Assert.All(ChargeAttempts.Edges, edge => Assert.NotEmpty(edge.Reason));
    }

    [Fact]
    public void An_attempt_is_final_when_nothing_can_follow_but_money_that_goes_back()
    {
        Assert.All(
            Enum.GetValues<ChargeAttemptStatus>(),
            status => Assert.Equal(
                !ChargeAttempts.Edges.Any(edge => edge.From == status && (status, edge.To) != (ChargeAttemptStatus.Failed, ChargeAttemptStatus.Refunding)),
                In(status).IsFinal));
    }

    /// <summary>What is not in the table changes nothing.</summary>
    private static readonly Dictionary<(string From, ChargeState Says, bool IsStillWanted), ChargeAttemptState> Decided = new()
    {
        [("Begun", ChargeState.Pending, true)] = new(ChargeAttemptStatus.Pending),
        [("Begun", ChargeState.Pending, false)] = new(ChargeAttemptStatus.Pending),
        [("Begun", ChargeState.Succeeded, true)] = new(ChargeAttemptStatus.Succeeded),
        [("Begun", ChargeState.Succeeded, false)] = new(ChargeAttemptStatus.Refunding),
        [("Begun", ChargeState.Declined, true)] = new(ChargeAttemptStatus.Failed, "declined"),
        [("Begun", ChargeState.Declined, false)] = new(ChargeAttemptStatus.Failed, "declined"),
        [("Begun", ChargeState.Voided, true)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Begun", ChargeState.Voided, false)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Begun", ChargeState.ChargedByAnother, true)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Begun", ChargeState.ChargedByAnother, false)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Pending", ChargeState.Succeeded, true)] = new(ChargeAttemptStatus.Succeeded),
        [("Pending", ChargeState.Succeeded, false)] = new(ChargeAttemptStatus.Refunding),
        [("Pending", ChargeState.Declined, true)] = new(ChargeAttemptStatus.Failed, "declined"),
        [("Pending", ChargeState.Declined, false)] = new(ChargeAttemptStatus.Failed, "declined"),
        [("Pending", ChargeState.Voided, true)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Pending", ChargeState.Voided, false)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Pending", ChargeState.ChargedByAnother, true)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Pending", ChargeState.ChargedByAnother, false)] = new(ChargeAttemptStatus.Failed, "superseded"),
        [("Failed", ChargeState.Succeeded, true)] = new(ChargeAttemptStatus.Refunding),
        [("Failed", ChargeState.Succeeded, false)] = new(ChargeAttemptStatus.Refunding),
    };

    private static readonly Dictionary<string, ChargeAttemptState> Origins = Enum.GetValues<ChargeAttemptStatus>()
        .Select(status => (Name: status.ToString(), State: new ChargeAttemptState(status, status == ChargeAttemptStatus.Failed ? "card_declined" : null)))
        .Append((Name: "Refunded", State: new ChargeAttemptState(ChargeAttemptStatus.Failed, "refunded_late")))
        .ToDictionary(origin => origin.Name, origin => origin.State);

    public static TheoryData<string, object, bool> Combinations()
    {
        var rows = new TheoryData<string, object, bool>();
        foreach (var from in Origins.Keys)
        {
            foreach (var says in Enum.GetValues<ChargeState>())
            {
                rows.Add(from, says, true);
                rows.Add(from, says, false);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Whatever_the_gateway_says_an_attempt_becomes_what_the_table_says(string from, object given, bool isStillWanted)
    {
        var says = (ChargeState)given;
        var isDecided = Decided.TryGetValue((from, says, isStillWanted), out var expected);

        var next = ChargeAttempts.Decide(Origins[from], new ChargeOutcome(says), isStillWanted);

        Assert.Equal(isDecided ? expected : null, next);
        Assert.True(next is null || ChargeAttempts.Allows(Origins[from].Status, next.Value.Status));
    }

    [Fact]
    public void Every_edge_but_the_refund_is_made_by_what_the_gateway_says() => Assert.Equal(
        Listed.Where(edge => edge != (ChargeAttemptStatus.Refunding, ChargeAttemptStatus.Failed)).Order(),
        Decided.Select(row => (Origins[row.Key.From].Status, row.Value.Status)).Distinct().Order());

    [Theory]
    [InlineData(ChargeState.Declined, "card_declined")]
    [InlineData(ChargeState.Voided, "expired")]
    [InlineData(ChargeState.ChargedByAnother, "charged_by_another")]
    public void Where_nothing_was_charged_the_attempt_keeps_the_reason_that_was_given(object says, string reason)
    {
        foreach (var from in new[] { ChargeAttemptStatus.Begun, ChargeAttemptStatus.Pending })
            Assert.Equal(new ChargeAttemptState(ChargeAttemptStatus.Failed, reason), ChargeAttempts.Decide(new(from), new ChargeOutcome((ChargeState)says, reason), true));
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
