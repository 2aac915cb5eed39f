using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Times that no calendar of ours reaches, wherever a time is read, are the caller's mistake and no fault of ours.</summary>
public sealed class When_a_time_is_out_of_bounds(SharedApp shared) : IClassFixture<SharedApp>
{
    public static TheoryData<string> Times =>
    [
        "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59Z", "9999-12-31T16:00:00-08:00", "9999-01-01T00:00:00Z", "253402300799999", "253402300800000", "9223372036854775807", "99999999999999999999",
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+08:00", "1969-12-31T23:59:59Z",
    ];

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Should_be_refused_by_the_PaySG_API(string time)
    {
        var events = await shared.App.Client.GetAsync($"{ApiClient.EventsPath}?since={Uri.EscapeDataString(time)}");
        Assert.Equal("invalid_parameters", events.Expect(HttpStatusCode.BadRequest).ErrorCode);

        await using var receiver = await WebhookReceiver.StartAsync();
        var (endpoint, _) = await shared.App.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
        foreach (var body in (string[])[$$"""{"since":"{{time}}"}""", $$"""{"since":"2026-01-15T00:00:00Z","until":"{{time}}"}"""])
            Assert.Equal("invalid_parameters", (await shared.App.Client.PostAsync($"{ApiClient.EndpointPath(endpoint)}/recover", body)).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Should_be_refused_by_the_Singapay_API(string time)
    {
        foreach (var name in (string[])["created_at_from", "created_at_to", "payment_date_from", "payment_date_to"])
        {
            var histories = await shared.App.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}?{name}={Uri.EscapeDataString(time)}");
            Assert.True(histories.Status is HttpStatusCode.UnprocessableEntity, $"{name}: {(int)histories.Status} {histories.Body}");
        }

        var link = await shared.App.Singapay.PostAsync(
            $"/api/v2.0/payment-link/{SingapayClient.AccountId}",
            $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","total_amount":10000,"expired_at":"{{time}}"}""");
        link.Expect(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("9998-12-31T23:59:59.999Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0")]
    [InlineData("9999999999999")]
    public async Task Should_be_taken_up_to_the_bounds(string time) =>
        (await shared.App.Client.GetAsync($"{ApiClient.EventsPath}?since={Uri.EscapeDataString(time)}")).Expect(HttpStatusCode.OK);
}
