using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using PaySg.Functions.Gateway.Stripe;
using PaySg.Functions.Tests.Fixtures;
using Stripe;

namespace PaySg.Functions.Tests.Gateway.Stripe;

public sealed class StripeApiTests
{
    [Fact]
    public async Task A_call_is_sent_twice_at_most_with_the_same_key_and_tells_nothing_of_this_machine()
    {
        await using var server = await StripeServer.StartAsync();
        using var api = ApiOf(server.Address);
        server.Faults.Refuse("POST", "/v1/payment_intents", 500, times: 3);

        await Assert.ThrowsAsync<StripeException>(() => new PaymentIntentService(api.Client).CreateAsync(StripeCalls.PayNow(1130), StripeApi.With("acct_1234567890123456", "begin:att_1")));

        Assert.Equal(1, server.Faults.Left);
        Assert.Equal(["begin:att_1", "begin:att_1"], server.Requests.Select(request => request.IdempotencyKey));
        Assert.All(server.Requests, request => Assert.Equal(("acct_1234567890123456", StripeConfiguration.ApiVersion), (request.Account, request.Version)));
        Assert.All(server.Requests, request => Assert.DoesNotContain("X-Stripe-Client-Telemetry", request.Headers.Keys));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        var asked = new List<string>();
        var builder = WebApplication.CreateSlimBuilder();
        await using var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.Run(context =>
        {
            asked.Add(context.Request.Path);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await web.StartAsync();
        using var api = ApiOf(new Uri(web.Urls.Single()));

        await Assert.ThrowsAnyAsync<Exception>(() => new PaymentIntentService(api.Client).GetAsync("pi_1"));

        Assert.Equal(["/v1/payment_intents/pi_1"], asked.Distinct());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_call_that_is_not_answered_is_given_up_after_twenty_seconds_twice()
    {
        await using var server = await StripeServer.StartAsync();
        using var api = ApiOf(server.Address);
        server.Faults.Slow("GET", "/v1/payment_intents", TimeSpan.FromSeconds(60), times: 3);
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<Exception>(() => new PaymentIntentService(api.Client).GetAsync("pi_1"));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(50));
        Assert.Equal(1, server.Faults.Left);
    }

    private static StripeApi ApiOf(Uri address) => new(new StripeSettings
    {
        SecretKey = StripeServer.TestKey,
        WebhookSecrets = ["whsec_a"],
        ApiBase = address.GetLeftPart(UriPartial.Authority),
        IsLive = false,
    });
}
