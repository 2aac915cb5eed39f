using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Gateway.Sandbox;

public sealed class SandboxGatewayTests : IAsyncLifetime
{
    private const string Payment = "-abcdefcode0123456789";
    private PaySgParts parts = null!;

    private SandboxGateway Gateway => parts.Make<SandboxGateway>(typeof(SandboxGateway));

    private static AttemptKey Key(string attemptId) => new("payment_service_1", Payment, attemptId);

    public async Task InitializeAsync() => parts = await PaySgParts.StartAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Theory]
    [InlineData("succeeded", ChargeState.Succeeded, null)]
    [InlineData("declined", ChargeState.Declined, "card_declined")]
    [InlineData("pending", ChargeState.Pending, null)]
    public async Task The_same_attempt_gets_the_same_answer_each_time(string outcome, object expected, string? reason)
    {
        var answer = new ChargeOutcome((ChargeState)expected, reason);

        Assert.Equal(answer, await ConfirmAsync("att_1", outcome));
        Assert.Equal(answer, await ConfirmAsync("att_1", outcome));
        Assert.Equal(answer, await Gateway.FindAsync(Of("att_1"), CancellationToken.None));
    }

    [Fact]
    public async Task A_payment_is_charged_once()
    {
        Assert.Equal(ChargeState.Succeeded, (await ConfirmAsync("att_1", "succeeded")).State);

        Assert.Equal(ChargeState.ChargedByAnother, (await ConfirmAsync("att_2", "succeeded")).State);
        Assert.Equal(ChargeState.Unknown, (await Gateway.FindAsync(Of("att_2"), CancellationToken.None)).State);
    }

    [Fact]
    public async Task Of_ten_attempts_at_once_one_charges()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => ConfirmAsync($"att_{number}", "succeeded")));

        Assert.Single(outcomes, outcome => outcome.State == ChargeState.Succeeded);
        Assert.Equal(9, outcomes.Count(outcome => outcome.State == ChargeState.ChargedByAnother));
    }

    [Fact]
    public async Task A_declined_attempt_leaves_the_payment_chargeable()
    {
        await ConfirmAsync("att_1", "declined");

        Assert.Equal(ChargeState.Succeeded, (await ConfirmAsync("att_2", "succeeded")).State);
    }

    [Theory]
    [InlineData("succeeded")]
    [InlineData("pending")]
    public async Task A_voided_attempt_never_charges(string outcome)
    {
        Assert.Equal(ChargeState.Voided, (await Gateway.VoidAsync(Of("att_1"), CancellationToken.None)).State);

        Assert.Equal(ChargeState.Voided, (await ConfirmAsync("att_1", outcome)).State);
        Assert.Equal(ChargeState.Succeeded, (await ConfirmAsync("att_2", "succeeded")).State);
    }

    [Fact]
    public async Task A_charge_is_not_voided_any_more()
    {
        await ConfirmAsync("att_1", "succeeded");

        Assert.Equal(ChargeState.Succeeded, (await Gateway.VoidAsync(Of("att_1"), CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_pending_attempt_can_be_voided()
    {
        await ConfirmAsync("att_1", "pending");

        Assert.Equal(ChargeState.Voided, (await Gateway.VoidAsync(Of("att_1"), CancellationToken.None)).State);
        Assert.Equal(ChargeState.Voided, (await Gateway.FindAsync(Of("att_1"), CancellationToken.None)).State);
    }

    [Theory]
    [InlineData(true, ChargeState.Succeeded)]
    [InlineData(false, ChargeState.Declined)]
    public async Task A_pending_attempt_is_decided_once(bool succeeds, object expected)
    {
        await ConfirmAsync("att_1", "pending");

        Assert.Equal((ChargeState)expected, (await DecideAsync("att_1", succeeds)).State);
        Assert.Equal((ChargeState)expected, (await DecideAsync("att_1", succeeds)).State);
        Assert.Equal((ChargeState)expected, (await DecideAsync("att_1", !succeeds)).State);
        Assert.Equal((ChargeState)expected, (await Gateway.FindAsync(Of("att_1"), CancellationToken.None)).State);
        Assert.Equal((ChargeState)expected, (await Gateway.VoidAsync(Of("att_1"), CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_pending_attempt_that_was_voided_is_not_decided_any_more()
    {
        await ConfirmAsync("att_1", "pending");
        await Gateway.VoidAsync(Of("att_1"), CancellationToken.None);

        Assert.Equal(ChargeState.Voided, (await DecideAsync("att_1", succeeds: true)).State);
        Assert.Equal(ChargeState.Succeeded, (await ConfirmAsync("att_2", "succeeded")).State);
    }

    [Fact]
    public async Task A_pending_attempt_does_not_charge_what_another_has_charged()
    {
        await ConfirmAsync("att_1", "pending");
        await ConfirmAsync("att_2", "succeeded");

        Assert.Equal(ChargeState.ChargedByAnother, (await DecideAsync("att_1", succeeds: true)).State);
        Assert.Equal(ChargeState.ChargedByAnother, (await Gateway.FindAsync(Of("att_1"), CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_pending_attempt_is_found_by_its_own_id()
    {
        await Gateway.BeginAsync(Of("att_1"), CancellationToken.None);
        await ConfirmAsync("att_1", "pending");
        await ConfirmAsync("att_2", "declined");

        Assert.Equal(new AttemptKey("payment_service_1", Payment, "att_1"), await Gateway.FindPendingAsync("att_1", CancellationToken.None));
        Assert.Null(await Gateway.FindPendingAsync("att_2", CancellationToken.None));
        Assert.Null(await Gateway.FindPendingAsync("att_3", CancellationToken.None));
    }

    [Fact]
    public async Task A_card_is_declined_for_the_same_reason_each_time()
    {
        var confirm = () => Gateway.ConfirmAsync(Of("att_1"), new PaymentMethod("card", "tok_insufficient_funds"), CancellationToken.None);

        Assert.Equal(new ChargeOutcome(ChargeState.Declined, "insufficient_funds"), await confirm());
        Assert.Equal(new ChargeOutcome(ChargeState.Declined, "insufficient_funds"), await confirm());
    }

    [Fact]
    public async Task A_payment_is_begun_with_one_amount()
    {
        await Gateway.BeginAsync(Of("att_1"), CancellationToken.None);
        await Gateway.BeginAsync(Of("att_1"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Gateway.BeginAsync(Of("att_1", 1131), CancellationToken.None));
    }

    [Theory]
    [InlineData("succeeded", ChargeState.Succeeded)]
    [InlineData("declined", ChargeState.Declined)]
    public async Task A_charge_is_opened_and_decided_in_one_write_and_asked_for_again_it_is_the_same(string outcome, object expected)
    {
        Assert.Equal((ChargeState)expected, (await ChargeAsync(Of("att_1"), outcome)).State);
        Assert.Single(parts.Traffic.Requests);

        Assert.Equal((ChargeState)expected, (await ChargeAsync(Of("att_1"), outcome)).State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChargeAsync(Of("att_2", 1131), "succeeded"));
    }

    [Fact]
    public async Task A_charge_whose_answer_from_storage_was_lost_is_made_once()
    {
        var lost = 0;
        parts.Traffic.LosesAnswerOf = request => request.IsTransaction && lost++ == 0;

        Assert.Equal(ChargeState.Succeeded, (await ChargeAsync(Of("att_1"), "succeeded")).State);

        Assert.Equal(ChargeState.ChargedByAnother, (await ChargeAsync(Of("att_2"), "succeeded")).State);
        Assert.True(lost > 0);
    }

    [Fact]
    public async Task Of_ten_first_attempts_at_once_one_charges_and_after_a_decline_the_next_may()
    {
        Assert.Equal(ChargeState.Declined, (await ChargeAsync(Of("att_0"), "declined")).State);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 10).Select(number => ChargeAsync(Of($"att_{number}"), "succeeded")));

        Assert.Single(outcomes, outcome => outcome.State == ChargeState.Succeeded);
        Assert.Equal(9, outcomes.Count(outcome => outcome.State == ChargeState.ChargedByAnother));
    }

    [Fact]
    public async Task A_method_that_the_sandbox_does_not_know_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ConfirmAsync("att_1", "something"));
        await Assert.ThrowsAsync<ArgumentException>(() => Gateway.ConfirmAsync(Of("att_1"), new PaymentMethod("gold", "succeeded"), CancellationToken.None));
    }

    private static GatewayAttempt Of(string attemptId, long cents = 1130) =>
        new(Key(attemptId), Money.OfCents(cents), SandboxMethods.Simulated, DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_123));

    private Task<ChargeOutcome> DecideAsync(string attemptId, bool succeeds) =>
        Gateway.DecideAsync(Key(attemptId), succeeds, CancellationToken.None);

    private Task<ChargeOutcome> ChargeAsync(GatewayAttempt attempt, string outcome) =>
        Gateway.ChargeAsync(attempt, new PaymentMethod(SandboxMethods.Simulated, outcome), CancellationToken.None);

    private Task<ChargeOutcome> ConfirmAsync(string attemptId, string outcome) =>
        Gateway.ConfirmAsync(Of(attemptId), new PaymentMethod(SandboxMethods.Simulated, outcome), CancellationToken.None);
}
