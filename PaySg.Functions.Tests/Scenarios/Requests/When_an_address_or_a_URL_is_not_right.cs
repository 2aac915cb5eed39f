using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_address_or_a_URL_is_not_right(SharedAppWithoutAllowedNetworks shared) : IClassFixture<SharedAppWithoutAllowedNetworks>
{
    [Theory]
    [InlineData("a.@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a@-example.com")]
    [InlineData("a@example")]
    [InlineData("a@[127.0.0.1]")]
    public async Task Should_be_refused_wherever_an_address_is_asked_for(string address)
    {
        var text = JsonSerializer.Serialize(address);
        var management = new ManagementClient(shared.App.BaseAddress);
        await shared.RefusedAsync(api => api.CreatePaymentAsync(A.Payment().With("payer_email", address)), 400, "invalid_parameters", "payer_email");
        (await management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","support_email":{{text}}}""")).Expect(HttpStatusCode.BadRequest);
        (await management.PostAsync(ManagementClient.AccountsPath, $$"""{"name":"n","email":{{text}},"phone":"1"}""")).Expect(HttpStatusCode.BadRequest);

        var link = await shared.App.AddLinkAsync();
        (await shared.Client.PostAsync(
            $"/sandbox/payment-links/{link.ReffNo}/attempts", $$$"""{"payment_method":"QRIS","outcome":"succeeded","customer":{"email":{{{text}}}}}""", apiKey: null)).Expect(HttpStatusCode.BadRequest);
        (await shared.App.Singapay.PostAsync(
            $"/api/v2.0/payment-link/{SingapayClient.AccountId}", $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","total_amount":20000,"customer_email":{{text}}}""")).Expect(HttpStatusCode.UnprocessableEntity);

        using var pages = new LinkPageClient(shared.App.BaseAddress);
        var asked = await shared.App.AddLinkAsync(A.PaymentLink().With(terms => terms with { RequiredCustomerDetail = true }));
        var customer = LinkPageClient.Customer();
        customer["customer_email"] = address;
        var page = await pages.SubmitAsync(asked, await pages.FormAsync(asked, typed: customer));
        Assert.NotEqual(HttpStatusCode.SeeOther, page.Status);
        Assert.Contains("Enter an email address, such as", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost./")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::]/")]
    [InlineData("https://127.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://shop.localhost/")]
    [InlineData("https://127.0.0.1./")]
    public async Task Should_be_refused_where_the_host_is_this_machine(string url)
    {
        await shared.RefusedAsync(api => api.CreatePaymentAsync(A.Payment().ReturningTo(url)), 400, "invalid_parameters", "return_url");
        await shared.RefusedAsync(api => api.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":"{{url}}"}"""), 400, "invalid_parameters", "webhook_url");
        var management = new ManagementClient(shared.App.BaseAddress);
        (await management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","logo_url":"{{url}}"}""")).Expect(HttpStatusCode.BadRequest);
        (await management.PostAsync(ManagementClient.AccountsPath, $$"""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":"{{url}}"}""")).Expect(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("http://localhost:3000/done?a=1#top")]
    [InlineData("http://127.0.0.1:3000/done")]
    [InlineData("http://[::1]:3000/done")]
    public async Task Should_be_taken_in_test_mode_where_a_developer_s_own_page_is_meant(string url)
    {
        var payment = (await shared.Client.CreatePaymentAsync(A.Payment().ReturningTo(url))).Expect(HttpStatusCode.Created);

        Assert.Equal(url, payment["return_url"]);
    }

    [Theory]
    [InlineData("http://localhost./")]
    [InlineData("http://shop.localhost/")]
    [InlineData("http://user@localhost/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://10.0.0.1/")]
    public async Task Should_be_refused_over_plain_http_otherwise(string url) =>
        await shared.RefusedAsync(api => api.CreatePaymentAsync(A.Payment().ReturningTo(url)), 400, "invalid_parameters", "return_url");

    [Theory]
    [InlineData("?items[]=3", "[ at character 30", "%5B")]
    [InlineData("?a=b|c", "| at character 28", "%7C")]
    [InlineData("/é", "U+00E9 at character 25", "%C3%A9")]
    [InlineData("/100%", "% at character 28", "%25")]
    public async Task Should_say_which_character_a_URL_cannot_hold_and_how_to_write_it(string end, string place, string instead)
    {
        var url = JsonSerializer.Serialize("https://shop.example.sg" + end);
        var management = new ManagementClient(shared.App.BaseAddress);
        Answer[] refused =
        [
            await shared.Client.PostAsync(ApiClient.PaymentsPath, $$"""{"reference_id":"r","payer_name":"p","description":"d","amount_in_cents":1130,"return_url":{{url}}}"""),
            await shared.Client.PostAsync(ApiClient.EndpointsPath, $$"""{"webhook_url":{{url}}}"""),
            await management.PostAsync(ManagementClient.ServicesPath, $$"""{"name":"n","logo_url":{{url}}}"""),
            await management.PostAsync(ManagementClient.AccountsPath, $$"""{"name":"n","email":"a@example.com","phone":"1","transaction_notif_url":{{url}}}"""),
            .. await Task.WhenAll(((string[])["redirect_url", "success_redirect_url", "expired_redirect_url"]).Select(
                field => shared.App.Singapay.CreateLinkAsync(A.NewPaymentLink().WithJson(field, url)))),
            await shared.App.Singapay.PostAsync(
                $"/api/v2.0/payment-link/{SingapayClient.AccountId}", $$"""{"reff_no":"{{PaymentLinkCalls.NewReffNo()}}","total_amount":20000,"redirect_url":{{url}}}"""),
        ];

        Assert.All(refused, answer =>
        {
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, answer.Body);
            Assert.Contains(place, answer.Body, StringComparison.Ordinal);
            Assert.Contains($"Write {instead}", answer.Body, StringComparison.Ordinal);
        });
    }
}
