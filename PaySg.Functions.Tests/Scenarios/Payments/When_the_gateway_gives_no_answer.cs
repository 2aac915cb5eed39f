using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_the_gateway_gives_no_answer
{
    [Fact]
    public async Task Should_find_out_that_the_payer_was_charged_and_mark_the_payment_paid()
    {
        await using var app = await PaySgApp.StartAsync(services: ConfirmThat(charges: true));
        var id = await app.Client.CreatedPaymentAsync();

        var answer = (await app.Client.PostAsync($"/sandbox/payments/{id}", """{"outcome":"succeeded"}""")).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("charge_in_doubt", answer.ErrorCode);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        await WorkDoubtsAsync(app);
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Empty(await DoubtsAsync(app));
        Assert.Single(app.Log.Of(4002));
    }

    [Fact]
    public async Task Should_leave_an_attempt_that_the_gateway_does_not_know_alone_for_a_while_and_let_the_payer_try_again()
    {
        await using var app = await PaySgApp.StartAsync(services: ConfirmThat(charges: false));
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.ServiceUnavailable);

        await WorkDoubtsAsync(app);

        Assert.Single(await DoubtsAsync(app));
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);

        // The gateway is back: the attempt in doubt is withdrawn before another begins, so it can never charge.
        Assert.Equal("paid", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
        Assert.Empty(await DoubtsAsync(app));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
    }

    [Fact]
    public async Task Should_withdraw_an_attempt_that_stays_unknown_for_fifteen_minutes()
    {
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(services: (group, services) =>
        {
            ConfirmThat(charges: false)(group, services);
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        });
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.ServiceUnavailable);

        clock.Shift = TimeSpan.FromMinutes(16);
        await WorkDoubtsAsync(app);

        Assert.Empty(await DoubtsAsync(app));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "end:"), row => row.GetString("state") == "Voided");
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
    }

    [Fact]
    public async Task Should_say_that_the_gateway_is_silent_when_an_attempt_cannot_be_withdrawn()
    {
        var gateway = new ScriptedGateway();
        await using var app = await PaySgApp.StartAsync(services: gateway.Register);
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id, "pending")).Expect(HttpStatusCode.OK);
        gateway.Mood = static () => GatewayMood.FailsBefore;

        Assert.Equal("charge_in_doubt", (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("charge_in_doubt", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("unpaid", (await app.Client.GetPaymentAsync(id))["payment_status"]);

        gateway.Mood = static () => GatewayMood.Answers;
        (await app.Client.CancelAsync(id)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_tell_a_payer_that_a_newer_attempt_took_the_place_of_the_one_on_its_way()
    {
        PaySgApp? app = null;
        var gateway = new ScriptedGateway();
        await using (app = await PaySgApp.StartAsync(services: gateway.Register))
        {
            var id = await app.Client.CreatedPaymentAsync();
            gateway.BeforeConfirm = async () =>
            {
                gateway.BeforeConfirm = static () => Task.CompletedTask;
                (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
            };

            Assert.Equal("attempt_superseded", (await app.Client.PayAsync(id)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
            Assert.Equal("paid", (await app.Client.GetPaymentAsync(id))["payment_status"]);
            Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgsandbox", "charge"));
        }
    }

    [Fact]
    public async Task Should_tell_a_declined_payer_that_another_has_paid_meanwhile()
    {
        PaySgApp? app = null;
        var gateway = new ScriptedGateway();
        await using (app = await PaySgApp.StartAsync(services: gateway.Register))
        {
            var id = await app.Client.CreatedPaymentAsync();

            // The other payer comes between the gateway's refusal and its being written down.
            gateway.AfterConfirm = async () =>
            {
                gateway.AfterConfirm = static () => Task.CompletedTask;
                (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
            };

            Assert.Equal("payment_already_paid", (await app.Client.PayAsync(id, "declined")).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        }
    }

    /// <summary>A gateway whose first confirmation ends in a time-out, after or before the sandbox has charged.</summary>
    private static Action<string, IServiceCollection> ConfirmThat(bool charges) => (_, services) =>
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var sandbox = ActivatorUtilities.CreateInstance<SandboxGateway>(provider);
            var hasFailed = false;
            var gateway = new Mock<IGateway>();
            gateway.SetupGet(g => g.IsSandbox).Returns(true);
            gateway.SetupGet(g => g.Methods).Returns(sandbox.Methods);
            gateway.Setup(g => g.VoidAsync(It.IsAny<GatewayAttempt>(), It.IsAny<CancellationToken>()))
                .Returns<GatewayAttempt, CancellationToken>(sandbox.VoidAsync);
            gateway.Setup(g => g.FindAsync(It.IsAny<GatewayAttempt>(), It.IsAny<CancellationToken>()))
                .Returns<GatewayAttempt, CancellationToken>(sandbox.FindAsync);
            gateway.Setup(g => g.ChargeAsync(It.IsAny<GatewayAttempt>(), It.IsAny<PaymentMethod>(), It.IsAny<CancellationToken>()))
                .Returns<GatewayAttempt, PaymentMethod, CancellationToken>(async (attempt, method, token) =>
                {
                    if (hasFailed)
                        return await sandbox.ChargeAsync(attempt, method, token);
                    hasFailed = true;
                    if (charges)
                        await sandbox.ChargeAsync(attempt, method, token);
                    throw new TimeoutException("The gateway did not answer.");
                });
            return gateway.Object;
        }));

    private static async Task<IReadOnlyList<TableEntity>> DoubtsAsync(PaySgApp app) =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "o:")).Where(row => row.RowKey.Contains(":charge:", StringComparison.Ordinal))];

    /// <summary>What the queue function does for each row that the sweeper finds.</summary>
    private static async Task WorkDoubtsAsync(PaySgApp app)
    {
        foreach (var row in await DoubtsAsync(app))
            await app.Services.GetRequiredService<RepairCharge>().RunAsync(OutboxRow.Parse(row.PartitionKey, row.RowKey)!);
    }
}
