using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_something_is_not_offered(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("submissions")]
    [InlineData("subscription-submissions")]
    public async Task Should_answer_404_to_payment_forms_and_subscriptions(string what)
    {
        var answer = await shared.App.Client.PostAsync($"/v1/payment-services/{ApiClient.ServiceId}/forms/aBC123Def456HijK789LMn/{what}", "{}");

        Assert.Equal("not_found", answer.Expect(HttpStatusCode.NotFound).ErrorCode);
    }
}
