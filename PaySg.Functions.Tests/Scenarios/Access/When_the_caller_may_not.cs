using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_the_caller_may_not(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Unknown = "payment_service_ffffffff-ffff-4fff-bfff-ffffffffffff";

    public static TheoryData<string, string> Calls => new()
    {
        { "POST", ApiClient.PaymentsPath },
        { "GET", $"{ApiClient.PaymentsPath}/-abcdefcode0123456789" },
        { "POST", ApiClient.EndpointsPath },
        { "GET", ApiClient.EndpointsPath },
        { "GET", $"{ApiClient.EndpointsPath}/we_01234567-89ab-7def-8123-456789abcdef" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Should_refuse_a_missing_wrong_or_foreign_key_whatever_else_is_sent(string method, string path)
    {
        await RefusedAsync(method, path, null, 401, "invalid_api_key");
        await RefusedAsync(method, path, "", 401, "invalid_api_key");
        await RefusedAsync(method, path, "paysg_stag_unknown", 401, "invalid_api_key");
        await RefusedAsync(method, path, "paysg_live_demo", 401, "invalid_api_key");
        await RefusedAsync(method, path, ApiClient.ApiKey.ToUpperInvariant(), 401, "invalid_api_key");
        await RefusedAsync(method, path, "paysg_stag_".PadRight(5000, 'x'), 401, "invalid_api_key");
        await RefusedAsync(method, path, $"{ApiClient.ApiKey}, {ApiClient.ApiKey}", 401, "invalid_api_key");
        await RefusedAsync(method, path, await ForeignKeyAsync(), 404, "payment_service_not_found");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Should_not_know_another_payment_service(string method, string path)
    {
        await RefusedAsync(method, path.Replace(ApiClient.ServiceId, Unknown, StringComparison.Ordinal), ApiClient.ApiKey, 404, "payment_service_not_found");
        await RefusedAsync(method, path.Replace(ApiClient.ServiceId, "it's%23%3F", StringComparison.Ordinal), ApiClient.ApiKey, 404, "payment_service_not_found");
    }

    [Fact]
    public async Task Should_let_a_view_only_key_read_payments_and_nothing_else()
    {
        var id = await shared.Client.CreatedPaymentAsync();

        (await shared.Client.GetAsync($"{ApiClient.PaymentsPath}/{id}", ApiClient.ViewOnlyApiKey)).Expect(HttpStatusCode.OK);
        await RefusedAsync("POST", ApiClient.PaymentsPath, ApiClient.ViewOnlyApiKey, 403, "insufficient_permissions");
        await RefusedAsync("POST", ApiClient.EndpointsPath, ApiClient.ViewOnlyApiKey, 403, "insufficient_permissions");
        await RefusedAsync("GET", ApiClient.EndpointsPath, ApiClient.ViewOnlyApiKey, 403, "insufficient_permissions");
        await RefusedAsync("GET", $"{ApiClient.EndpointsPath}/we_01234567-89ab-7def-8123-456789abcdef", ApiClient.ViewOnlyApiKey, 403, "insufficient_permissions");
    }

    [Fact]
    public async Task Should_not_find_a_payment_of_another_payment_service()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var (service, key) = await ForeignServiceAsync();

        await RefusedAsync("GET", $"/v1/payment-services/{service}/payments/{id}", key, 404, "payment_not_found");
        await RefusedAsync("GET", $"{ApiClient.PaymentsPath}/{id}", key, 404, "payment_service_not_found");
    }

    [Theory]
    [InlineData("-abcdefcode0123456789")]
    [InlineData("x")]
    [InlineData("abcdefghijklmnopqrst.")]
    [InlineData("payment_WlM3qMUUHQ2gipngenEmE")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("abcdefghijklmnopqrst'")]
    [InlineData("..%5C..%5Cpayments")]
    public async Task Should_not_find_a_payment_that_does_not_exist(string id)
    {
        await RefusedAsync("GET", $"{ApiClient.PaymentsPath}/{id}", ApiClient.ApiKey, 404, "payment_not_found");
    }

    [Theory]
    [InlineData("we_01234567-89ab-7def-8123-456789abcdef")]
    [InlineData("we_")]
    [InlineData("x")]
    [InlineData("we_01234567-89AB-7DEF-8123-456789ABCDEF")]
    [InlineData("evt_01234567-89ab-7def-8123-456789abcdef")]
    public async Task Should_not_find_an_endpoint_that_does_not_exist(string id)
    {
        await RefusedAsync("GET", $"{ApiClient.EndpointsPath}/{id}", ApiClient.ApiKey, 404, "webhook_endpoint_not_found");
    }

    [Fact]
    public async Task Should_not_find_an_endpoint_of_another_payment_service()
    {
        var (id, _) = await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("https://8.8.8.8/hook")));
        var (service, key) = await ForeignServiceAsync();

        await RefusedAsync("GET", $"/v1/payment-services/{service}/webhook-endpoints/{id}", key, 404, "webhook_endpoint_not_found");
        (await shared.Client.GetAsync($"{ApiClient.EndpointsPath}/{id}")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/payment-services")]
    [InlineData("/v1")]
    [InlineData("/v2/payment-services/x/payments")]
    [InlineData("/nothing/at/all?x=1")]
    [InlineData("/%3Cscript%3E")]
    [InlineData("/apis/v1/payment-services/x/payments")]
    public async Task Should_answer_404_to_a_path_that_does_not_exist(string path)
    {
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE" })
            await RefusedAsync(method, path, ApiClient.ApiKey, 404, "not_found");
    }

    [Theory]
    [InlineData("PUT", "", "GET,HEAD,POST")]
    [InlineData("DELETE", "", "GET,HEAD,POST")]
    [InlineData("POST", "/-abcdefcode0123456789", "GET,HEAD")]
    [InlineData("DELETE", "/-abcdefcode0123456789", "GET,HEAD")]
    [InlineData("PATCH", "/-abcdefcode0123456789", "GET,HEAD")]
    public async Task Should_answer_405_and_the_methods_to_a_payment_path_with_another_method(string method, string suffix, string allowed)
    {
        var answer = await RefusedAsync(method, ApiClient.PaymentsPath + suffix, ApiClient.ApiKey, 405, "method_not_allowed");

        Assert.Equal(allowed, answer.Headers["Allow"]);
        Assert.DoesNotContain(method, answer.Headers["Allow"].Split(','));
    }

    [Fact]
    public async Task Should_answer_405_to_other_paths_too()
    {
        Assert.Contains("GET", (await RefusedAsync("DELETE", ApiClient.EndpointsPath, ApiClient.ApiKey, 405, "method_not_allowed")).Headers["Allow"], StringComparison.Ordinal);
        Assert.Equal("POST", (await RefusedAsync("GET", "/sandbox/payments/-abcdefcode0123456789", null, 405, "method_not_allowed")).Headers["Allow"]);
    }

    private Task<Answer> RefusedAsync(string method, string path, string? key, int status, string code) =>
        shared.RefusedAsync(
            async api =>
            {
                using var content = method is "GET" or "DELETE" ? null : new StringContent("{broken");
                return await api.SendAsync(new HttpMethod(method), path, content, key);
            },
            status,
            code);

    private async Task<string> ForeignKeyAsync() => (await ForeignServiceAsync()).Key;

    private async Task<(string ServiceId, string Key)> ForeignServiceAsync()
    {
        var services = shared.App.Services.GetRequiredService<PaymentServiceStore>();
        var service = await services.PrepareAsync("Another agency", id: null, CancellationToken.None);
        await services.SaveAsync(service, CancellationToken.None);
        var key = $"paysg_stag_{service.Code}";
        await shared.App.Services.GetRequiredService<ApiKeys>().IssueAsync(service, key, Permission.All, CancellationToken.None);
        return (service.Id, key);
    }
}
