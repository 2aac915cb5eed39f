using System.Net;
using PaySg.Functions.Tests.Fixtures;
using Stripe;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>Idempotency keys and faults at the Stripe of the tests, asked with the real client.</summary>
public sealed class StripeServerFaultsTests : IAsyncLifetime
{
    private const string Path = "/v1/payment_intents";
    private readonly SkippingClock clock = new();
    private StripeServer server = null!;
    private StripeClient client = null!;

    private PaymentIntentService Intents => client.V1.PaymentIntents;

    public async Task InitializeAsync()
    {
        server = await StripeServer.StartAsync(clock);
        client = server.Client();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_key_has_one_effect_and_one_answer()
    {
        var first = await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("begin:att_1"));
        server.SettlePayNow(first.Id, succeeds: true);
        var again = await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("begin:att_1"));

        // The answer is that of then.
        Assert.Equal((first.Id, "requires_action"), (again.Id, again.Status));
        Assert.Equal("true", again.StripeResponse.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal([false, true], server.Requests.Select(request => request.Replayed));
        Assert.Equal(["begin:att_1", "begin:att_1"], server.Requests.Select(request => request.IdempotencyKey));
        Assert.Single(server.Objects("payment_intent"));
    }

    [Fact]
    public async Task A_key_is_of_one_endpoint_and_its_parameters()
    {
        var intent = await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
        var other = await StripeCalls.RefusedAsync(400, code: null, () => Intents.CreateAsync(StripeCalls.PayNow(1131), StripeCalls.Key("k")));
        Assert.Equal("idempotency_error", other.StripeError.Type);
        var elsewhere = await StripeCalls.RefusedAsync(400, code: null, () => Intents.CancelAsync(intent.Id, requestOptions: StripeCalls.Key("k")));
        Assert.Equal("idempotency_error", elsewhere.StripeError.Type);
        Assert.Equal("requires_action", server.Object(intent.Id)["status"]!.GetValue<string>());

        // Another account's key is another key, and a GET has none.
        await server.Client("acct_1").V1.PaymentIntents.CreateAsync(StripeCalls.PayNow(1131), StripeCalls.Key("k"));
        await Intents.GetAsync(intent.Id, requestOptions: StripeCalls.Key("k"));
        Assert.Equal(2, server.KnownKeys);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        var first = await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Id);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Id, (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Id);
    }

    [Fact]
    public async Task What_was_not_begun_is_not_kept_under_its_key()
    {
        await StripeCalls.RefusedAsync(400, "amount_too_small", () => Intents.CreateAsync(StripeCalls.PayNow(1), StripeCalls.Key("k")));
        Assert.Equal(0, server.KnownKeys);
        await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));

        // What was begun and refused is.
        var unpaid = await Intents.CreateAsync(StripeCalls.PayNow());
        await StripeCalls.RefusedAsync(400, code: null, () => client.V1.Refunds.CreateAsync(StripeCalls.Refund(unpaid.Id, 1), StripeCalls.Key("r")));
        server.SettlePayNow(unpaid.Id, succeeds: true);
        await StripeCalls.RefusedAsync(400, code: null, () => client.V1.Refunds.CreateAsync(StripeCalls.Refund(unpaid.Id, 1), StripeCalls.Key("r")));
    }

    [Fact]
    public async Task A_call_whose_key_is_in_progress_is_refused()
    {
        var hold = server.Faults.Hold("POST", Path);
        var first = Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
        await hold.Reached;
        var refusal = await StripeCalls.RefusedAsync(409, "idempotency_key_in_use", () => Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k")));
        Assert.Equal("idempotency_error", refusal.StripeError.Type);
        Assert.Empty(server.Objects("payment_intent"));
        hold.Release();
        Assert.Equal((await first).Id, (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Id);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(429, "rate_limit")]
    [InlineData(409, "lock_timeout")]
    [InlineData(400, "anything_else")]
    public async Task A_call_is_refused_before_anything_is_done(int status, string? code)
    {
        server.Faults.Refuse("POST", Path, status, code);
        await StripeCalls.RefusedAsync(status, code, () => Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k")));
        Assert.Empty(server.Objects("payment_intent"));
        Assert.Equal((0, 0), (server.KnownKeys, server.Faults.Left));
        await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
    }

    [Fact]
    public async Task A_fault_strikes_the_next_call_that_it_is_meant_for()
    {
        server.Faults.Refuse("POST", "/v1/refunds", 500, times: 2);
        server.Faults.Refuse("GET", Path, 429);
        server.Faults.Refuse("POST", Path + "/*/cancel", 500);
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        Assert.Equal(4, server.Faults.Left);
        await StripeCalls.RefusedAsync(500, code: null, () => Intents.CancelAsync(intent.Id));
        await StripeCalls.RefusedAsync(429, "rate_limit", () => Intents.GetAsync(intent.Id));
        await StripeCalls.RefusedAsync(500, code: null, () => client.V1.Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1)));
        server.Faults.Clear();
        await client.V1.Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1));
    }

    [Fact]
    public async Task A_connection_is_cut_before_or_after_the_work()
    {
        server.Faults.CutBefore("POST", Path);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k")));
        Assert.Empty(server.Objects("payment_intent"));
        Assert.Null(server.Requests[0].Answer);

        server.Faults.CutAfter("POST", Path);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k")));
        var made = Assert.Single(server.Objects("payment_intent"))["id"]!.GetValue<string>();
        Assert.Equal(made, (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Id);
    }

    [Fact]
    public async Task The_client_itself_repeats_a_call_that_was_cut_or_failed_with_the_same_key()
    {
        server.Faults.CutAfter("POST", Path);
        var intent = await server.Client(retries: 2).V1.PaymentIntents.CreateAsync(StripeCalls.PayNow());
        Assert.Equal([false, true], server.Requests.Select(request => request.Replayed));
        Assert.Single(server.Requests.Select(request => request.IdempotencyKey).Distinct(StringComparer.Ordinal));
        Assert.Equal(intent.Id, Assert.Single(server.Objects("payment_intent"))["id"]!.GetValue<string>());

        server.Faults.Refuse("GET", Path, 500, times: 2);
        Assert.Equal(intent.Id, (await server.Client(retries: 2).V1.PaymentIntents.GetAsync(intent.Id)).Id);
        server.Faults.Refuse("GET", Path, 429);
        await StripeCalls.RefusedAsync(429, "rate_limit", () => server.Client(retries: 2).V1.PaymentIntents.GetAsync(intent.Id));
        server.Faults.Refuse("GET", Path, 429, shouldRetry: true);
        Assert.Equal(intent.Id, (await server.Client(retries: 2).V1.PaymentIntents.GetAsync(intent.Id)).Id);
    }

    [Fact]
    public async Task A_failure_after_the_work_is_kept_under_its_key_for_a_day()
    {
        server.Faults.FailAfter("POST", Path);
        for (var i = 0; i < 2; i++)
            await StripeCalls.RefusedAsync(500, code: null, () => Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k")));
        Assert.Equal([500, 500], server.Requests.Select(request => request.Status));
        Assert.True(server.Requests[1].Replayed);
        Assert.Single(server.Objects("payment_intent"));
        clock.Advance(TimeSpan.FromHours(24));
        await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
        Assert.Equal(2, server.Objects("payment_intent").Count);
    }

    [Fact]
    public async Task A_slow_call_is_done_after_its_caller_has_gone()
    {
        var hold = server.Faults.Hold("POST", Path);
        server.Faults.Slow("POST", Path, TimeSpan.FromMilliseconds(400));
        var impatient = server.Client(timeout: TimeSpan.FromMilliseconds(200)).V1.PaymentIntents;
        await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.CreateAsync(StripeCalls.PayNow()));
        await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.CreateAsync(StripeCalls.PayNow()));
        Assert.Equal(0, server.Faults.Left);
        hold.Release();
        var started = TimeProvider.System.GetTimestamp();
        while (server.Objects("payment_intent").Count < 2)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_answer_may_be_empty()
    {
        server.Faults.Empty("POST", Path);
        var nothing = await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"));
        Assert.Equal((null, null, HttpStatusCode.OK), (nothing.Id, nothing.Status, nothing.StripeResponse.StatusCode));
        Assert.Equal("requires_action", (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Status);
        Assert.Single(server.Objects("payment_intent"));
    }

    [Fact]
    public async Task What_is_no_operation_is_not_found()
    {
        await StripeCalls.RefusedAsync(404, code: null, () => client.V1.Customers.GetAsync("cus_1"));
        Assert.Equal("list", server.Requests.Count == 1 ? (await client.V1.PaymentIntents.ListAsync()).Object : null);
    }

    [Fact]
    public async Task A_hundred_calls_at_once_with_one_key_make_one_intent()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            try
            {
                return (await Intents.CreateAsync(StripeCalls.PayNow(), StripeCalls.Key("k"))).Id;
            }
            catch (StripeException exception) when (exception.HttpStatusCode == HttpStatusCode.Conflict)
            {
                return null;
            }
        }));
        Assert.Single(answers.OfType<string>().Distinct(StringComparer.Ordinal));
        Assert.Equal(100, server.Requests.Count);
        Assert.Single(server.Objects("payment_intent"));
    }
}
