using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A filter that is ignored shows everything, and looks as if it had filtered.</summary>
public sealed class When_a_list_is_asked_for_what_it_does_not_know(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("payments", "status=paid", "status", "limit, before, after")]
    [InlineData("payments", "limit=5&created_after=2026-01-15", "created_after", "created_from, created_to")]
    [InlineData("payments", "offset=20", "offset", "limit, before, after")]
    [InlineData("payments", "=1", "", "limit, before, after")]
    [InlineData("events", "before=x", "before", "limit, after, type, since")]
    [InlineData("events", "until=2026-01-15T01:30:00Z", "until", "limit, after, type, since")]
    [InlineData("webhook-endpoints", "enabled=true", "enabled", "limit, after")]
    public async Task Should_refuse_it_and_name_what_it_knows(string list, string query, string field, string known)
    {
        var refused = await shared.RefusedAsync(
            api => api.GetAsync($"/v1/payment-services/{ApiClient.ServiceId}/{list}?{query}"), 400, "invalid_parameters", field);

        Assert.Contains(known, refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_refuse_it_in_lists_of_a_payment_an_endpoint_and_the_management()
    {
        var payment = await shared.Client.CreatedPaymentAsync();
        await shared.RefusedAsync(api => api.GetAsync($"{ApiClient.PaymentsPath}/{payment}/refunds?limit=1"), 400, "invalid_parameters", "limit");
        var endpoint = (await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:9/hook")))).Id;
        await shared.RefusedAsync(api => api.GetAsync($"{ApiClient.DeliveriesPath(endpoint)}?state=failed"), 400, "invalid_parameters", "state");

        var management = new ManagementClient(shared.App.BaseAddress);
        string[] lists =
        [
            ManagementClient.ServicesPath, ManagementClient.KeysPath(), ManagementClient.AccountsPath, ManagementClient.CredentialsPath(),
            $"{ManagementClient.AccountPath()}/deliveries",
        ];
        foreach (var list in lists)
        {
            var refused = (await management.GetAsync($"{list}?page=2")).Expect(HttpStatusCode.BadRequest);
            Assert.Equal(["page"], refused.ErrorFields);
            Assert.Contains("limit, after", refused.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Should_still_take_what_it_knows_in_any_case()
    {
        (await shared.Client.GetAsync($"{ApiClient.PaymentsPath}?Limit=1")).Expect(HttpStatusCode.OK);
        (await shared.Client.GetAsync($"{ApiClient.EventsPath}?limit=1&type=payment.created&since=2026-01-15T01:30:00Z")).Expect(HttpStatusCode.OK);
    }

    /// <summary>Singapay's gateway ignores what it does not know, and its clients send more than its pages name.</summary>
    [Fact]
    public async Task Should_be_tolerated_in_the_Singapay_API()
    {
        (await shared.App.Singapay.GetAsync($"{shared.App.Singapay.LinksPath()}?search=x&_=1795705000")).Data();
        (await shared.App.Singapay.GetAsync($"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}?search=x")).Data();
    }
}
