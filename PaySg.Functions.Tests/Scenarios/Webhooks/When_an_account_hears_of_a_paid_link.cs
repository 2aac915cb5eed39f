using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_account_hears_of_a_paid_link : IAsyncLifetime
{
    private const string PathAndQuery = "/webhooks/singapay?src=pl";
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_be_told_once_for_each_payment_and_read_in_the_histories_what_it_was_told()
    {
        var management = new ManagementClient(app.App.BaseAddress);
        var account = await management.CreatedAccountAsync(new Uri(app.Receiver.Url, PathAndQuery).AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var link = await merchant.CreatedLinkAsync(A.NewPaymentLink().With("max_usage", 2));
        var path = $"/sandbox/payment-links/{link.ReffNo()}/attempts";

        foreach (var outcome in new[] { "failed", "pending", "succeeded", "succeeded" })
        {
            (await app.App.Client.PostAsync(
                path, $$$"""{"payment_method":"QRIS","outcome":"{{{outcome}}}","customer":{"name":"Siti \"Café\" 😀","email":"siti@example.com","phone":"0812345678"}}""", apiKey: null))
                .Expect(HttpStatusCode.OK);
        }

        var told = await app.Receiver.WaitForAsync(2);
        Assert.All(await Task.WhenAll(told.Select(webhook => SingapayReceiver.AcceptsAsync(webhook, PathAndQuery, merchant.Secret, TimeProvider.System.GetUtcNow()))), Assert.True);
        Assert.Equal([1, 2], told.Select(webhook => Link(webhook).GetProperty("current_usage").GetInt32()).Order());
        Assert.All(told, webhook => Assert.Equal(link.Id(), Link(webhook).GetProperty("id").GetInt64()));
        Assert.All(told, webhook => Assert.Equal("Siti \"Café\" 😀", webhook.Json.GetProperty("data").GetProperty("customer").GetProperty("name").GetString()));
        var paid = (await merchant.GetAsync($"/api/v1.0/payment-link-histories/{account}?status=paid")).Data();
        Assert.Equal(
            paid.EnumerateArray().Select(row => row.GetProperty("reff_no").GetString()).Order(),
            told.Select(webhook => webhook.Json.GetProperty("data").GetProperty("transaction").GetProperty("reff_no").GetString()).Order());
        Assert.Equal(2, (await merchant.GetLinkAsync(link.Id())).Data().GetProperty("current_usage").GetInt32());
        (await merchant.DeleteLinkAsync(link.Id())).ExpectSingapayError(403);
    }

    private static System.Text.Json.JsonElement Link(Received webhook) =>
        webhook.Json.GetProperty("data").GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link");
}
