using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_charge_is_decided_later : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private readonly ScriptedGateway gateway = new();
    private PaySgApp app = null!;

    // The sweeper would look by itself, at a moment that no test chooses.
    private static readonly Dictionary<string, string> NoSweeper = new() { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(settings: NoSweeper, services: (group, services) =>
    {
        gateway.Register(group, services);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
    });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_mark_the_payment_paid_when_it_succeeds_at_last()
    {
        var (id, attempt) = await PendingAsync();

        var settled = (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.OK);

        Assert.Equal((id, "paid"), (settled["id"], settled["payment_status"]));
        Assert.Equal(settled.Body, (await app.Client.GetPaymentAsync(id)).Body);
        Assert.Single(await EventsAsync("payment.succeeded"));
        Assert.Single(app.Log.Of(4008));
    }

    [Fact]
    public async Task Should_leave_the_payment_payable_when_it_fails_at_last()
    {
        var (id, attempt) = await PendingAsync();

        Assert.Equal("unpaid", (await app.Client.SettleAsync(attempt, "failed")).Expect(HttpStatusCode.OK)["payment_status"]);
        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Should_settle_it_once()
    {
        var (_, attempt) = await PendingAsync();
        var settled = (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.OK);

        Assert.Equal(settled.Body, (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.OK).Body);
        Assert.Equal("attempt_already_decided", (await app.Client.SettleAsync(attempt, "failed")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Single(await EventsAsync("payment.succeeded"));
    }

    [Fact]
    public async Task Should_answer_the_same_keyed_request_the_same()
    {
        var (id, attempt) = await PendingAsync();
        var first = (await app.Client.SettleAsync(attempt, "failed", "k")).Expect(HttpStatusCode.OK);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        var replay = (await app.Client.SettleAsync(attempt, "failed", "k")).Expect(HttpStatusCode.OK);

        Assert.Equal((first.Body, "true"), (replay.Body, replay.Headers["Idempotent-Replayed"]));
        Assert.Equal("idempotency_key_mismatch", (await app.Client.SettleAsync(attempt, "succeeded", "k")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }

    [Fact]
    public async Task Should_not_charge_a_payment_that_was_cancelled_meanwhile()
    {
        var (id, attempt) = await PendingAsync();
        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);

        Assert.Equal("attempt_already_decided", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("cancelled", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_not_charge_by_an_attempt_that_another_took_the_place_of()
    {
        var (id, attempt) = await PendingAsync();
        var next = await app.Client.PendingAttemptAsync(id);

        Assert.Equal("attempt_already_decided", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal("paid", (await app.Client.SettleAsync(next)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    public async Task Should_find_out_for_itself_when_the_notice_is_lost(int minutes)
    {
        var (id, attempt) = await PendingAsync();
        await LookAsync(after: TimeSpan.FromMinutes(minutes - 1));
        await DecideAsync(id, attempt, succeeds: true);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);

        await LookAsync(after: TimeSpan.FromMinutes(minutes));

        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Empty(await PendingRowsAsync());
    }

    [Fact]
    public async Task Should_withdraw_an_attempt_that_does_not_end_within_an_hour()
    {
        var (id, attempt) = await PendingAsync();
        foreach (var minutes in (int[])[5, 15, 59])
        {
            await LookAsync(after: TimeSpan.FromMinutes(minutes));
            Assert.Single(await PendingRowsAsync());
        }

        await LookAsync(after: TimeSpan.FromMinutes(60));

        Assert.Empty(await PendingRowsAsync());
        Assert.Single(app.Log.Of(4007));
        Assert.Equal("attempt_already_decided", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        Assert.Equal("expired", Assert.Single(await AttemptsAsync()).FailureReason);
        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Should_offer_the_payer_a_new_code_when_the_old_one_has_expired()
    {
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();
        var old = await pages.FollowAsync(id, PageClient.PayNow());

        clock.Shift = TimeSpan.FromMinutes(61);
        var expired = await pages.OpenAsync(id);
        Assert.Equal("This QR code has expired", PageText.Heading(expired));
        Assert.DoesNotContain("<svg", expired, StringComparison.Ordinal);
        Assert.DoesNotContain("Simulate", expired, StringComparison.Ordinal);
        var code = await pages.FollowAsync(id, PageClient.PayNow());

        Assert.Equal("Scan to pay S$11.30", PageText.Heading(code));
        (await pages.SubmitAsync(id, PageClient.Settle(PageText.Hidden(old, "attempt")))).Expect(HttpStatusCode.PaymentRequired);
        Assert.Contains("paid", PageText.Heading(await pages.FollowAsync(id, PageClient.Settle(PageText.Hidden(code, "attempt")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_forget_the_schedule_of_an_attempt_that_has_ended()
    {
        var (_, attempt) = await PendingAsync();
        (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.OK);

        await LookAsync(after: TimeSpan.FromMinutes(5));

        Assert.Empty(await PendingRowsAsync());
    }

    [Fact]
    public async Task Should_go_on_looking_when_the_gateway_is_silent()
    {
        var (id, attempt) = await PendingAsync();
        await DecideAsync(id, attempt, succeeds: true);
        gateway.Mood = static () => GatewayMood.FailsBefore;
        await LookAsync(after: TimeSpan.FromMinutes(5));
        Assert.Equal("charge_in_doubt", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);

        gateway.Mood = static () => GatewayMood.Answers;
        await LookAsync(after: TimeSpan.FromMinutes(6));
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        await LookAsync(after: TimeSpan.FromMinutes(15));

        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_write_a_notice_that_comes_before_the_answer_that_it_is_pending()
    {
        var id = await app.Client.CreatedPaymentAsync();
        gateway.AfterConfirm = async () =>
        {
            var live = Assert.Single(await AttemptsAsync());
            (await app.Client.SettleAsync(live.Id)).Expect(HttpStatusCode.OK);
        };

        Assert.Equal("paid", (await app.Client.PayAsync(id, "pending")).Expect(HttpStatusCode.OK)["payment_status"]);
        Assert.Single(await EventsAsync("payment.succeeded"));
    }

    [Fact]
    public async Task Should_take_a_notice_twice_and_early_without_harm()
    {
        var (id, attempt) = await PendingAsync();
        var takeNotice = app.Services.GetRequiredService<TakeGatewayNotice>();
        var notice = new AttemptKey(ApiClient.ServiceId, id, attempt);

        await takeNotice.RunAsync(notice);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        await DecideAsync(id, attempt, succeeds: true);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => takeNotice.RunAsync(notice)));

        Assert.Single(await EventsAsync("payment.succeeded"));
    }

    [Fact]
    public async Task Should_not_count_attempts_that_were_not_judged()
    {
        var id = await app.Client.CreatedPaymentAsync();
        for (var i = 0; i < 22; i++)
            await app.Client.PendingAttemptAsync(id);

        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Should_refuse_the_twenty_first_attempt_of_a_day_without_success()
    {
        var id = await app.Client.CreatedPaymentAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("unpaid", (await app.Client.PayAsync(id, "declined")).Expect(HttpStatusCode.OK)["payment_status"]);
        app.HttpTraffic.Forget();

        var refused = (await app.Client.PayAsync(id)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal("too_many_attempts", refused.ErrorCode);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 86_000, 86_400);
        Assert.DoesNotContain(app.HttpTraffic.Requests, request => request.Method != "GET");

        // It is the day that is over, not the payment.
        clock.Shift = TimeSpan.FromHours(24);
        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Theory]
    [InlineData("att_01234567-89ab-7def-8123-456789abcdef")]
    [InlineData("x")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("att_0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Should_not_find_an_attempt_that_does_not_exist(string attempt)
    {
        Assert.Equal("attempt_not_found", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Fact]
    public async Task Should_not_find_an_attempt_that_was_decided_at_once()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var attempt = (await app.Client.PayAsync(id)).Headers["paysg-attempt-id"];

        Assert.Equal("attempt_not_found", (await app.Client.SettleAsync(attempt)).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Theory]
    [InlineData("""{"outcome":"declined"}""", "invalid_parameters")]
    [InlineData("""{}""", "invalid_parameters")]
    [InlineData("", "invalid_body")]
    public async Task Should_name_what_is_wrong_with_the_outcome(string body, string code)
    {
        var (_, attempt) = await PendingAsync();

        Assert.Equal(code, (await app.Client.PostAsync($"/sandbox/attempts/{attempt}", body, apiKey: null)).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    private async Task<(string Payment, string Attempt)> PendingAsync()
    {
        var id = await app.Client.CreatedPaymentAsync();
        return (id, await app.Client.PendingAttemptAsync(id));
    }

    /// <summary>The gateway decides, and its notice is lost.</summary>
    private Task<ChargeOutcome> DecideAsync(string payment, string attempt, bool succeeds) =>
        app.Services.GetRequiredService<SandboxGateway>().DecideAsync(new AttemptKey(ApiClient.ServiceId, payment, attempt), succeeds, CancellationToken.None);

    /// <summary>What the queue function does for each row that the sweeper finds.</summary>
    private async Task LookAsync(TimeSpan after)
    {
        clock.Shift = after;
        foreach (var row in await PendingRowsAsync())
            await app.Services.GetRequiredService<FollowPendingCharge>().RunAsync(row);
    }

    private async Task<IReadOnlyList<OutboxRow>> PendingRowsAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!).Where(row => row.Kind == OutboxKind.PendingCharge)];

    private async Task<IReadOnlyList<ChargeAttempt>> AttemptsAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:")).Select(ChargeAttemptRows.Read)];

    private async Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> EventsAsync(string type) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "e:")).Where(row => row.GetString("type") == type)];
}
