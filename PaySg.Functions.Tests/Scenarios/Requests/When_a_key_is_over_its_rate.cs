using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_key_is_over_its_rate
{
    private readonly SteadyClock clock = new();

    [Fact]
    public async Task Its_holder_is_told_to_wait_and_others_are_served()
    {
        await using var app = await PaySgApp.StartAsync(
            settings: new Dictionary<string, string> { ["PaySg__RateLimit__RequestsPerMinute"] = "2" },
            services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var path = $"{ApiClient.PaymentsPath}/x";
        (await app.Client.GetAsync(path)).Expect(HttpStatusCode.NotFound);
        (await app.Client.GetAsync("/v1/payment-services/another/payments/x")).Expect(HttpStatusCode.NotFound);
        app.HttpTraffic.Forget();

        var refused = (await app.Client.GetAsync(path)).Expect(HttpStatusCode.TooManyRequests);

        Assert.Equal("rate_limit_exceeded", refused.ErrorCode);
        Assert.Equal("30", refused.Headers["Retry-After"]);
        Assert.Empty(app.HttpTraffic.Requests);
        (await app.Client.GetAsync(path, ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.NotFound);
        clock.Advance(TimeSpan.FromSeconds(30));
        (await app.Client.GetAsync(path)).Expect(HttpStatusCode.NotFound);
    }
}
