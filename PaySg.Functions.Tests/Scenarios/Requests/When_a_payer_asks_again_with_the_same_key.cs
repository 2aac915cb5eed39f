using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Attempts;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A keyed charge is told the truth of itself, whatever dies or is lost: its answer is written with its outcome.</summary>
public sealed class When_a_payer_asks_again_with_the_same_key
{
    private static readonly Dictionary<string, string> NoSweeper = new() { ["AzureWebJobs.Sweep.Disabled"] = "true" };

    [Theory]
    [InlineData("succeeded", "paid")]
    [InlineData("declined", "unpaid")]
    [InlineData("pending", "unpaid")]
    public async Task Should_get_the_first_answer_and_begin_one_attempt(string outcome, string status)
    {
        await using var app = await PaySgApp.StartAsync(settings: NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();

        var first = (await app.Client.PayAsync(id, outcome, "key")).Expect(HttpStatusCode.OK);
        var again = (await app.Client.PayAsync(id, outcome, "key")).Expect(HttpStatusCode.OK);

        Assert.Equal((status, first.Body, "true"), (first["payment_status"], again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.StartsWith("att_", first.Headers["paysg-attempt-id"], StringComparison.Ordinal);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:"));
        Assert.Equal("idempotency_key_mismatch", (await app.Client.PayAsync(id, outcome == "declined" ? "pending" : "declined", "key")).Expect(HttpStatusCode.Conflict).ErrorCode);
    }

    [Fact]
    public async Task Should_get_the_refusal_again_where_the_payment_was_paid_before()
    {
        await using var app = await PaySgApp.StartAsync(settings: NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);

        var first = (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.PaymentRequired);
        var again = (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.PaymentRequired);

        Assert.Equal(("payment_already_paid", first.Body), (first.ErrorCode, again.Body));
    }

    [Fact]
    public async Task Should_get_the_true_answer_whichever_answer_of_storage_is_lost()
    {
        await using var app = await PaySgApp.StartAsync(settings: NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        app.HttpTraffic.LosesAnswerOf = request => request.IsTransaction && seen.Add(request.Body);

        var first = (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK);
        app.HttpTraffic.LosesAnswerOf = static _ => false;
        var again = (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK);

        Assert.True(seen.Count >= 3, $"Only {seen.Count} answers were lost.");
        Assert.Equal(("paid", first.Body), (first["payment_status"], again.Body));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:"));
    }

    /// <summary>The answer of the first write is lost, and before it is sent again a repair has ended the attempt.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task Should_not_take_its_own_attempt_for_another_one(string? key)
    {
        await using var app = await PaySgApp.StartAsync(settings: NoSweeper);
        var id = await app.Client.CreatedPaymentAsync();
        var lost = false;
        app.HttpTraffic.LosesAnswerOf = request =>
        {
            var loses = !lost && request.Writes("paysgpayments");
            lost |= loses;
            return loses;
        };
        var repaired = false;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (!lost || repaired || !request.Writes("paysgpayments"))
                return;
            repaired = true;
            var row = (await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:")).Single();
            var attempt = ChargeAttemptRows.Read(row);
            var settle = app.Services.GetRequiredService<SettleAttempt>();
            await settle.RunAsync((await settle.FindAsync(new AttemptKey(row.PartitionKey, id, attempt.Id)))!, new ChargeOutcome(ChargeState.Succeeded));
        };

        var answer = (await app.Client.PayAsync(id, idempotencyKey: key)).Expect(HttpStatusCode.OK);

        Assert.True(repaired);
        Assert.Equal("paid", answer["payment_status"]);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:"));
    }

    /// <summary>The process dies at one of its writes, before it is sent or with its answer unseen; another takes over, and its repair finds the truth out.</summary>
    [Theory]
    [InlineData("paysgpayments", true, "unpaid")]
    [InlineData("paysgsandbox", false, "unpaid")]
    [InlineData("\"charge\"", true, "paid")]
    [InlineData("\"EndsDoubt\"", false, "paid")]
    [InlineData("\"EndsDoubt\"", true, "paid")]
    public async Task Should_get_the_truth_after_the_process_died(string write, bool isCommitted, string status)
    {
        var clock = new ShiftedClock();
        await using var app = await PaySgApp.StartAsync(
            settings: NoSweeper, services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var id = await app.Client.CreatedPaymentAsync();
        bool Matches(StorageRequest request) => request.IsTransaction
            && (write == "\"EndsDoubt\"" ? request.Body.Contains("DELETE ", StringComparison.Ordinal) : request.Body.Contains(write, StringComparison.Ordinal));
        var death = isCommitted ? Death.After(app.HttpTraffic, Matches) : Death.Before(app.HttpTraffic, Matches);

        var answer = await app.Client.PayAsync(id, idempotencyKey: "key");
        Assert.True(death.Happened);
        Assert.True((int)answer.Status >= 500, answer.Body);
        death.Replace();
        clock.Shift = TimeSpan.FromMinutes(16);
        await OutboxWork.AllAsync(app.Connection, app.Services);

        var again = (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK);
        Assert.Equal(status, again["payment_status"]);
        Assert.Equal(again.Body, (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK).Body);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "a:"));
    }

    [Fact]
    public async Task Should_hear_that_it_is_not_decided_while_the_gateway_is_silent_and_the_truth_then()
    {
        var gateway = new ScriptedGateway();
        await using var app = await PaySgApp.StartAsync(settings: NoSweeper, services: gateway.Register);
        var id = await app.Client.CreatedPaymentAsync();
        var calls = 0;
        gateway.Mood = () => calls++ == 0 ? GatewayMood.Answers : GatewayMood.FailsAfter;
        Assert.Equal("charge_in_doubt", (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("idempotency_key_in_use", (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.Conflict).ErrorCode);

        gateway.Mood = static () => GatewayMood.Answers;
        await OutboxWork.OnceAsync(app.Connection, app.Services);

        Assert.Equal("paid", (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK)["payment_status"]);
    }
}
