using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_charge_on_a_link_is_in_doubt : IAsyncLifetime
{
    // The sweeper is not waited for: the test does its work when it is due.
    private static readonly Dictionary<string, string> NoSweeper = new() { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    private readonly ScriptedGateway gateway = new();
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(settings: NoSweeper, services: (group, services) =>
    {
        gateway.Register(group, services);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        services.Replace(ServiceDescriptor.Singleton(new HotRowRetry(new SkippingClock(), new SystemRandomSource())));
    });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_find_out_that_the_payer_was_charged_and_count_the_use_once()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        await InMoodAsync(GatewayMood.FailsAfter, () => app.Client.AttemptAsync(link));

        Assert.Equal(0, (await app.LinkAsync(link)).CurrentUsage);
        await WorkAsync();
        await WorkAsync();

        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Equal(ChargeAttemptStatus.Succeeded, Assert.Single(await app.AttemptsAsync(link)).Status);
        Assert.Single(await StoredLinks.EventsAsync(app.Connection));
        Assert.Empty(await RowsOfLinkChargesAsync());
        Assert.Single(app.Log.Of(6051));
    }

    [Fact]
    public async Task Should_wait_for_fifteen_minutes_and_then_withdraw_an_attempt_that_the_gateway_does_not_know()
    {
        var link = await app.AddLinkAsync();
        await InMoodAsync(GatewayMood.FailsBefore, () => app.Client.AttemptAsync(link));

        await WorkAsync();
        Assert.Equal(ChargeAttemptStatus.Begun, Assert.Single(await app.AttemptsAsync(link)).Status);
        clock.Shift = TimeSpan.FromMinutes(16);
        await WorkAsync();

        var attempt = Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal((ChargeAttemptStatus.Failed, "not_received"), (attempt.Status, attempt.FailureReason));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "end:"), row => row.GetString("state") == "Voided");
        Assert.Equal((0, 0), ((await app.LinkAsync(link)).CurrentUsage, (await RowsOfLinkChargesAsync()).Count));
    }

    [Fact]
    public async Task Should_not_give_up_what_was_charged_where_the_link_stays_hot_for_longer_than_a_payer_waits()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().Paid(1));
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (request.Writes(PaymentLinkRows.Key(link.Id)[PaymentLinkRows.Prefix.Length..]))
                await app.ChangeLinkAsync(link, static old => old);
        };

        var answer = (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.ServiceUnavailable);
        app.HttpTraffic.ComesBefore = static _ => Task.CompletedTask;

        Assert.Equal("charge_in_doubt", answer.ErrorCode);
        Assert.Single(app.Log.Of(6050));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        await WorkAsync();
        Assert.Equal(2, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Equal("paid", (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.OK)["status"]);
    }

    [Fact]
    public async Task Should_keep_the_idempotency_key_for_the_answer_that_is_found_out()
    {
        var link = await app.AddLinkAsync();
        await InMoodAsync(GatewayMood.FailsAfter, () => app.Client.AttemptAsync(link, idempotencyKey: "key-1"));

        var early = (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.Conflict);
        Assert.Equal("idempotency_key_in_use", early.ErrorCode);
        Assert.NotEmpty(early.Headers["Retry-After"]);
        await WorkAsync();
        var late = (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.OK);

        Assert.Equal(("paid", "true"), (late["status"], late.Headers["Idempotent-Replayed"]));
        Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_give_back_what_was_charged_after_the_attempt_was_given_up()
    {
        var link = await app.AddLinkAsync();
        var release = new TaskCompletionSource();
        gateway.BeforeConfirm = () => release.Task;
        var slow = app.Client.AttemptAsync(link, idempotencyKey: "key-1");
        await LocalHost.Eventually.TrueAsync(async () => (await app.AttemptsAsync(link)).Count == 1);

        // The repair gives the attempt up, although the gateway is at it; a rail that charges all the same says so when it is asked again.
        var attempt = Assert.Single(await app.AttemptsAsync(link));
        var settle = app.Services.GetRequiredService<SettleLinkAttempt>();
        await settle.RunAsync((await settle.FindAsync(attempt.AccountId, attempt.ReffNo))!, new ChargeOutcome(ChargeState.Voided));
        release.SetResult();

        Assert.Equal("failed", (await slow).Expect(HttpStatusCode.OK)["status"]);
        Assert.Equal(ChargeAttemptStatus.Refunding, Assert.Single(await app.AttemptsAsync(link)).Status);
        await LocalHost.Eventually.TrueAsync(async () => (await app.AttemptsAsync(link))[0].FailureReason == "refunded_late");
        Assert.Equal([attempt.ReffNo], gateway.Refunded);
        Assert.Equal(0, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Empty(await StoredLinks.EventsAsync(app.Connection));
        Assert.Single(app.Log.Of(6052));
    }

    [Fact]
    public async Task Should_ask_for_a_pending_attempt_as_its_notice_may_be_lost()
    {
        var link = await app.AddLinkAsync();
        var reffNo = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK)["reff_no"]!;
        var seenAfter = Assert.Single(await RowsOfLinkChargesAsync());

        // Not due: nobody is asked.
        await WorkAsync();
        Assert.Equal(seenAfter.RowKey, Assert.Single(await RowsOfLinkChargesAsync()).RowKey);

        // Due, and not decided: asked again later.
        clock.Shift = TimeSpan.FromMinutes(6);
        await WorkAsync();
        Assert.NotEqual(seenAfter.RowKey, Assert.Single(await RowsOfLinkChargesAsync()).RowKey);

        // The payer has paid, and nobody told us.
        await DecideAsync(reffNo, "Succeeded");
        clock.Shift = TimeSpan.FromMinutes(16);
        await WorkAsync();

        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
        Assert.Empty(await RowsOfLinkChargesAsync());
        Assert.Single(await StoredLinks.EventsAsync(app.Connection));
    }

    [Fact]
    public async Task Should_withdraw_a_pending_attempt_when_the_payers_time_is_over()
    {
        var link = await app.AddLinkAsync();
        (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK);

        clock.Shift = LinkAttempt.Lifetime + TimeSpan.FromMinutes(1);
        await WorkAsync();

        var attempt = Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal((ChargeAttemptStatus.Failed, "expired"), (attempt.Status, attempt.FailureReason));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "end:"), row => row.GetString("state") == "Voided");
        Assert.Empty(await RowsOfLinkChargesAsync());
    }

    [Fact]
    public async Task Should_count_a_late_notice_of_a_pending_attempt_on_a_link_that_was_closed_and_has_expired()
    {
        var link = await app.AddLinkAsync();
        var reffNo = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK)["reff_no"]!;
        await app.ChangeLinkAsync(link, old => old with { Status = PaymentLinkStatus.Closed, ExpiredAt = DateTimeOffset.UnixEpoch });
        clock.Shift = LinkAttempt.Lifetime + TimeSpan.FromMinutes(1);

        var settle = app.Services.GetRequiredService<SettleLinkAttempt>();
        var settled = await settle.RunAsync((await settle.FindAsync(SingapayClient.AccountId, reffNo))!, new ChargeOutcome(ChargeState.Succeeded));

        Assert.Equal((ChargeAttemptStatus.Succeeded, 1), (settled.Attempt.Status, (await app.LinkAsync(link)).CurrentUsage));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_give_back_what_settles_when_no_use_is_left_or_the_link_is_gone(bool isDeleted)
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        var late = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK)["reff_no"]!;
        if (isDeleted)
            await new TableServiceClient(app.Connection).GetTableClient(StoredLinks.Table).DeleteEntityAsync(link.AccountId, PaymentLinkRows.Key(link.Id));
        else
            (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);

        await DecideAsync(late, "Succeeded");
        var settle = app.Services.GetRequiredService<SettleLinkAttempt>();
        await settle.RunAsync((await settle.FindAsync(SingapayClient.AccountId, late))!, new ChargeOutcome(ChargeState.Succeeded));

        await LocalHost.Eventually.TrueAsync(async () => (await app.AttemptsAsync(link)).Single(attempt => attempt.ReffNo == late).FailureReason == "refunded_late");
        Assert.Equal([late], gateway.Refunded);
        Assert.Equal(isDeleted ? 0 : 1, (await StoredLinks.EventsAsync(app.Connection)).Count);
        Assert.Contains(isDeleted ? "link_deleted" : "link_used_up", Assert.Single(app.Log.Of(6052)).Message, StringComparison.Ordinal);
        if (!isDeleted)
            Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_leave_a_late_charge_standing_where_the_gateway_refuses_to_give_it_back()
    {
        gateway.Refunds = RefundScript.Refuse;
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
        var late = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK)["reff_no"]!;
        (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);
        var settle = app.Services.GetRequiredService<SettleLinkAttempt>();
        await DecideAsync(late, "Succeeded");
        await settle.RunAsync((await settle.FindAsync(SingapayClient.AccountId, late))!, new ChargeOutcome(ChargeState.Succeeded));
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(6053).Count > 0);

        // It is not asked again with each sweep: after five minutes, then after ten, and so on.
        await LocalHost.Eventually.TrueAsync(async () =>
            (await RowsOfLinkChargesAsync()).SingleOrDefault(row => row.RowKey.Contains(":link-late-charge:", StringComparison.Ordinal))?.RowKey.EndsWith(".t1", StringComparison.Ordinal) == true);
        await WorkAsync();
        Assert.Single(app.Log.Of(6053));
        clock.Shift = TimeSpan.FromMinutes(6);
        await WorkAsync();
        await WorkAsync();
        Assert.Equal(2, app.Log.Of(6053).Count);
        gateway.Refunds = RefundScript.Take;
        clock.Shift = TimeSpan.FromMinutes(13);
        await WorkAsync();

        Assert.Equal("refunded_late", (await app.AttemptsAsync(link)).Single(attempt => attempt.ReffNo == late).FailureReason);
    }

    [Fact]
    public async Task Should_tell_the_payer_that_what_was_charged_goes_back_and_repeat_that()
    {
        var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));

        // While this payer is charged, another one takes the last use.
        gateway.AfterConfirm = () => app.ChangeLinkAsync(link, old => old.IsUsedUp ? old : old.CountUse(clock.GetUtcNow()));
        var answer = (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.PaymentRequired);
        gateway.AfterConfirm = static () => Task.CompletedTask;
        var again = (await app.Client.AttemptAsync(link, idempotencyKey: "key-1")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal("charged_too_late", answer.ErrorCode);
        Assert.Equal((answer.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.Single(await app.AttemptsAsync(link));
        Assert.Equal(1, (await app.LinkAsync(link)).CurrentUsage);
    }

    private async Task InMoodAsync(GatewayMood mood, Func<Task<Answer>> call)
    {
        // The charge is begun; it is the confirmation that the mood is for.
        var calls = 0;
        gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : mood;
        var answer = (await call()).Expect(HttpStatusCode.ServiceUnavailable);
        gateway.Mood = static () => GatewayMood.Answers;

        Assert.Equal("charge_in_doubt", answer.ErrorCode);
    }

    /// <summary>What the payer's bank decides, in the sandbox's memory.</summary>
    private async Task DecideAsync(string reffNo, string state)
    {
        var sandbox = new TableServiceClient(app.Connection).GetTableClient("paysgsandbox");
        await sandbox.AddEntityAsync(new TableEntity(reffNo, "end:" + reffNo) { ["state"] = state });
    }

    private async Task<IReadOnlyList<TableEntity>> RowsOfLinkChargesAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, StoredLinks.Table, "o:")).Where(row => row.RowKey.Contains(":link-", StringComparison.Ordinal))];

    /// <summary>What the queue function does for each row that the sweeper finds.</summary>
    private async Task WorkAsync() => await OutboxWork.OnceAsync(app.Connection, app.Services, SingapayClient.AccountId);
}
