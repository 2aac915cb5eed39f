using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class GuessLimitsTests : IDisposable
{
    private const string Guesser = "203.0.113.7";
    private const string Payer = "203.0.113.8";
    private static readonly ApiAnswer Page = new(200, ReadOnlyMemory<byte>.Empty);
    private readonly SkippingClock clock = new();
    private readonly PageMetrics metrics = new();
    private readonly MeterListener listener = new();
    private readonly List<string> outcomes = [];
    private readonly GuessLimits limits;

    public GuessLimitsTests()
    {
        limits = new GuessLimits(ReadSettings.OfAccess(), metrics, clock);
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == PageMetrics.Unknown && instrument.Meter.Scope == metrics)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Add((string)tags[0].Value!));
        listener.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        metrics.Dispose();
    }

    [Fact]
    public async Task A_client_may_ask_for_so_many_that_do_not_exist_in_a_minute_and_others_are_served()
    {
        await BecomeGuesserAsync();
        Assert.Equal(Enumerable.Repeat("not_found", GuessLimits.UnknownPerClient), outcomes);

        var refused = await GuessAsync(Guesser);

        Assert.Equal((429, "too_many_unknown_addresses", TimeSpan.FromSeconds(2)), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Equal("refused", outcomes[^1]);
        Assert.Equal(404, (await GuessAsync(Payer)).Status);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.FromSeconds(2), (await GuessAsync(Guesser)).RetryAfter);
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(404, (await GuessAsync(Guesser)).Status);
    }

    [Fact]
    public async Task Who_does_not_guess_sees_any_number_of_pages()
    {
        for (var i = 0; i < 2 * GuessLimits.KnownPerGuesser; i++)
            Assert.Same(Page, await ShowAsync(Guesser));
        await BecomeGuesserAsync();

        // What was seen before the guesses does not count.
        Assert.Same(Page, await ShowAsync(Guesser));
    }

    [Fact]
    public async Task A_guesser_sees_pages_at_a_walking_pace_and_an_attempts_own_as_ever()
    {
        await BecomeGuesserAsync();
        for (var i = 0; i < GuessLimits.KnownPerGuesser; i++)
            Assert.Same(Page, await ShowAsync(Guesser));

        var refused = (await Assert.ThrowsAnyAsync<ApiException>(() => ShowAsync(Guesser))).Error;

        Assert.Equal((429, TimeSpan.FromSeconds(1)), (refused.Status, refused.RetryAfter));
        Assert.Equal("refused", outcomes[^1]);
        Assert.Same(Page, await ShowAsync(Guesser, attempt: true));
        Assert.Equal(429, (await Assert.ThrowsAnyAsync<ApiException>(() => ShowAsync(Guesser, attempt: true, method: "POST"))).Error.Status);
        Assert.Same(Page, await ShowAsync(Payer));
    }

    [Fact]
    public async Task To_wait_for_an_attempt_takes_nothing_from_a_guesser()
    {
        await BecomeGuesserAsync();
        for (var i = 0; i < 2 * GuessLimits.KnownPerGuesser; i++)
            Assert.Same(Page, await ShowAsync(Guesser, attempt: true));

        Assert.Same(Page, await ShowAsync(Guesser));
    }

    [Fact]
    public async Task What_a_guesser_hits_and_does_not_get_counts_as_a_page_and_what_it_misses_does_not()
    {
        await BecomeGuesserAsync();
        for (var i = 0; i < GuessLimits.KnownPerGuesser; i++)
        {
            Assert.Equal(429, (await GuessAsync(Guesser)).Status);
            Assert.Equal(409, (await RefusalAsync(Guesser, ApiErrors.IdempotencyKeyMismatch())).Status);
        }

        Assert.Equal(429, (await Assert.ThrowsAnyAsync<ApiException>(() => ShowAsync(Guesser))).Error.Status);
    }

    [Fact]
    public async Task All_clients_together_may_ask_for_so_many_and_pages_that_exist_stay_open()
    {
        for (var i = 0; i < GuessLimits.UnknownPerInstance; i++)
            Assert.Equal(404, (await GuessAsync($"198.51.{i / 250}.{i % 250}")).Status);

        var refused = await GuessAsync(Payer);

        Assert.Equal((429, TimeSpan.FromSeconds(1)), (refused.Status, refused.RetryAfter));
        Assert.Equal("refused", outcomes[^1]);
        Assert.Same(Page, await ShowAsync(Payer));
    }

    [Fact]
    public async Task Where_nobody_tells_the_address_guesses_count_together_and_payers_are_served()
    {
        for (var i = 0; i < GuessLimits.UnknownPerInstance; i++)
            Assert.Equal(404, (await GuessAsync(client: null)).Status);

        Assert.Equal(429, (await GuessAsync(client: null)).Status);
        for (var i = 0; i < 2 * GuessLimits.KnownPerGuesser; i++)
            Assert.Same(Page, await ShowAsync(client: null));
    }

    private async Task BecomeGuesserAsync()
    {
        for (var i = 0; i < GuessLimits.UnknownPerClient; i++)
            Assert.Equal(404, (await GuessAsync(Guesser)).Status);
    }

    private Task<ApiError> GuessAsync(string? client) => RefusalAsync(client, ApiErrors.PaymentNotFound());

    private async Task<ApiError> RefusalAsync(string? client, ApiException refusal) =>
        (await Assert.ThrowsAnyAsync<ApiException>(() => limits.WatchAsync(Call(client), () => throw refusal))).Error;

    private Task<ApiAnswer> ShowAsync(string? client, bool attempt = false, string method = "GET") =>
        limits.WatchAsync(Call(client, attempt, method), () => Task.FromResult(Page));

    private static ApiCall Call(string? client, bool attempt = false, string method = "GET")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        if (client is not null)
            request.Headers["CLIENT-IP"] = client;
        if (attempt)
            request.QueryString = new QueryString("?attempt=att_1");
        return new ApiCall(request, "req_test");
    }
}
