using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>RFC 3339: any number of digits after the seconds, which Go and Java print nine of, and t and z in either case.</summary>
public sealed class When_times_are_written_otherwise(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("2026-01-15T01:30:00.123456789Z")]
    [InlineData("2026-01-15T01:30:00.123999999999999999999999999999999999999999999999999999999999Z")]
    [InlineData("2026-01-15t01:30:00.1230z")]
    [InlineData("2026-01-15t09:30:00.123%2B08:00")]
    public async Task Should_take_any_digits_and_either_case_and_cut_to_milliseconds(string time)
    {
        (await shared.Client.GetAsync($"{ApiClient.EventsPath}?since={time}")).Expect(HttpStatusCode.OK);
        var endpoint = (await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri($"http://127.0.0.1:9/hook?{PaymentLinkCalls.NewReffNo()}")))).Id;
        var recovery = (await shared.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/recover", $$"""{"since":"{{Uri.UnescapeDataString(time)}}"}""")).Expect(HttpStatusCode.Accepted);
        Assert.Equal("2026-01-15T09:30:00.123+08:00", recovery["since"]);

        foreach (var name in (string[])["created_at_from", "created_at_to", "payment_date_from", "processed_timestamp_to", "settle_at_from"])
            (await shared.App.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}?{name}={time}")).Data();
    }

    [Theory]
    [InlineData("2030-01-15T01:30:00.123456789Z", "2030-01-15T08:30:00+07:00")]
    [InlineData("2030-01-15t01:30:00z", "2030-01-15T08:30:00+07:00")]
    [InlineData("2030-01-15 08:30:00.123456789", "2030-01-15T08:30:00+07:00")]
    public async Task Should_take_them_in_payment_links_of_version_2(string time, string shown)
    {
        var link = (await shared.App.Singapay.PostAsync(
            $"/api/v2.0/payment-link/{SingapayClient.AccountId}", $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","total_amount":20000,"expired_at":"{{time}}"}""")).Expect(HttpStatusCode.OK);

        Assert.Equal(shown, link.Json.GetProperty("data").GetProperty("expired_at").GetString());
    }

    [Theory]
    [InlineData("1795705000", "seconds")]
    [InlineData("1795705000000000", "microseconds")]
    [InlineData("1795705000000000000", "nanoseconds")]
    public async Task Should_refuse_a_number_in_another_unit_and_name_it(string number, string unit)
    {
        var endpoint = (await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri($"http://127.0.0.1:9/hook?{PaymentLinkCalls.NewReffNo()}")))).Id;
        foreach (var (field, body) in new[] { ("since", $"{{\"since\":{number}}}"), ("since", $"{{\"since\":\"{number}\"}}"), ("until", $"{{\"since\":0,\"until\":{number}}}") })
        {
            var refused = await shared.RefusedAsync(api => api.PostAsync($"{ApiClient.EndpointPath(endpoint)}/recover", body), 400, "invalid_parameters", field);
            Assert.Contains(unit, refused.Body, StringComparison.Ordinal);
        }

        var listed = await shared.RefusedAsync(api => api.GetAsync($"{ApiClient.EventsPath}?since={number}"), 400, "invalid_parameters", "since");
        Assert.Contains(unit, listed.Body, StringComparison.Ordinal);
        (await new ManagementClient(shared.App.BaseAddress).PostAsync($"/management/accounts/{SingapayClient.AccountId}/deliveries/recover", $"{{\"since\":{number}}}"))
            .Expect(HttpStatusCode.BadRequest);
        foreach (var path in new[] { shared.App.Singapay.LinksPath(), $"/api/v2.0/payment-link/{SingapayClient.AccountId}" })
        {
            var link = await shared.App.Singapay.PostAsync(path, A.NewPaymentLink().WithJson("expired_at", number).ToString());
            Assert.Contains("ten", link.Expect(HttpStatusCode.UnprocessableEntity).Body, StringComparison.Ordinal);
        }

        (await shared.App.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}?created_at_from={number}")).Expect(HttpStatusCode.UnprocessableEntity);
    }
}
