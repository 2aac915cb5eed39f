using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A gateway that does not answer is no fault of ours: no message fails, nothing goes to a poison queue, and the work waits until the gateway is back.</summary>
public sealed class When_the_gateway_is_silent_towards_the_worker : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoSweeper = new() { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    private readonly ScriptedGateway gateway = new() { ChargesVoidedAttempts = true };
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(settings: NoSweeper, services: (group, services) =>
    {
        gateway.Register(group, services);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
    });

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Theory]
    [InlineData(OutboxKind.Charge)]
    [InlineData(OutboxKind.PendingCharge)]
    [InlineData(OutboxKind.LateCharge)]
    [InlineData(OutboxKind.Refund)]
    [InlineData(OutboxKind.LinkCharge)]
    [InlineData(OutboxKind.LinkLateCharge)]
    public async Task Should_leave_the_work_and_do_it_when_the_gateway_is_back(string kind)
    {
        // From here on the gateway is silent, whatever it is asked.
        var owner = await LeaveAsync(kind);
        gateway.Mood = static () => GatewayMood.FailsBefore;
        clock.Shift = TimeSpan.FromMinutes(5.5);
        await WorkAsync(owner);
        await WorkAsync(owner);

        Assert.Single(await RowsAsync(owner), row => row.Kind == kind);
        Assert.NotEmpty(app.Log.Of(4010));
        Assert.All(app.Log.Of(4010), line => Assert.Equal((LogLevel.Warning, true), (line.Level, line.Exception is TimeoutException)));
        Assert.DoesNotContain(app.Log.All, line => line.Level >= LogLevel.Error && line.EventId is not (4003 or 6052));

        gateway.Mood = static () => GatewayMood.Answers;
        clock.Shift = TimeSpan.FromMinutes(25);
        await WorkAsync(owner);
        Assert.DoesNotContain(await RowsAsync(owner), row => row.Kind == kind);
    }

    [Fact]
    public async Task Should_ask_for_a_refused_late_refund_again_with_growing_pauses()
    {
        gateway.Refunds = RefundScript.Refuse;
        await LeaveAsync(OutboxKind.LateCharge);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(4005).Count == 1);
        await LocalHost.Eventually.TrueAsync(async () => (await RowsAsync(ApiClient.ServiceId)).Single(row => row.Kind == OutboxKind.LateCharge).DueAt > clock.GetUtcNow());

        for (var minutes = 0; minutes <= 60; minutes++)
        {
            clock.Shift = TimeSpan.FromMinutes(minutes);
            await WorkAsync(ApiClient.ServiceId);
        }

        // After 0, 5, 10, 20 and 40 minutes, and what it takes to a whole minute.
        Assert.InRange(app.Log.Of(4005).Count, 4, 5);
    }

    /// <summary>Leaves a row of the kind behind; whose it is.</summary>
    private async Task<string> LeaveAsync(string kind)
    {
        var calls = 0;
        switch (kind)
        {
            case OutboxKind.Charge:
                gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;
                (await app.Client.PayAsync(await app.Client.CreatedPaymentAsync())).Expect(HttpStatusCode.ServiceUnavailable);
                return ApiClient.ServiceId;
            case OutboxKind.PendingCharge:
                var pending = await app.Client.CreatedPaymentAsync();
                var attempt = await app.Client.PendingAttemptAsync(pending);
                await app.Services.GetRequiredService<SandboxGateway>().DecideAsync(new AttemptKey(ApiClient.ServiceId, pending, attempt), succeeds: true, CancellationToken.None);
                return ApiClient.ServiceId;
            case OutboxKind.LateCharge:
                var late = await app.Client.CreatedPaymentAsync();
                gateway.BeforeConfirm = async () =>
                {
                    (await app.Client.CancelAsync(late)).Expect(HttpStatusCode.OK);
                    gateway.Mood = gateway.Refunds == RefundScript.Refuse ? gateway.Mood : static () => GatewayMood.FailsBefore;
                };
                (await app.Client.PayAsync(late)).Expect(HttpStatusCode.PaymentRequired);
                return ApiClient.ServiceId;
            case OutboxKind.Refund:
                var paid = await app.Client.CreatedPaymentAsync();
                (await app.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
                gateway.Mood = static () => GatewayMood.FailsAfter;
                (await app.Client.RefundAsync(paid, 130)).Expect(HttpStatusCode.ServiceUnavailable);
                return ApiClient.ServiceId;
            case OutboxKind.LinkCharge:
                gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;
                (await app.Client.AttemptAsync(await app.AddLinkAsync())).Expect(HttpStatusCode.ServiceUnavailable);
                return SingapayClient.AccountId;
            default:
                var link = await app.AddLinkAsync(A.PaymentLink().MaxUsage(1));
                var reffNo = (await app.Client.AttemptAsync(link, "pending")).Expect(HttpStatusCode.OK)["reff_no"]!;
                (await app.Client.AttemptAsync(link)).Expect(HttpStatusCode.OK);
                await new TableServiceClient(app.Connection).GetTableClient("paysgsandbox").AddEntityAsync(new TableEntity(reffNo, "end:" + reffNo) { ["state"] = "Succeeded" });
                gateway.Mood = static () => GatewayMood.FailsBefore;
                var settle = app.Services.GetRequiredService<SettleLinkAttempt>();
                await settle.RunAsync((await settle.FindAsync(SingapayClient.AccountId, reffNo))!, new ChargeOutcome(ChargeState.Succeeded));
                return SingapayClient.AccountId;
        }
    }

    private Task<int> WorkAsync(string owner) => OutboxWork.OnceAsync(app.Connection, app.Services, owner);

    private async Task<IReadOnlyList<OutboxRow>> RowsAsync(string owner) =>
        [.. (await StoredRows.OfAsync(app.Connection, AccountId.IsValid(owner) ? StoredLinks.Table : "paysgpayments", "o:")).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!)];
}
