using System.Net;
using System.Text.Json;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Receivers of Singapay's webhooks print the body again before they verify its signature. What PHP, Go, Java and .NET print each in their own way must never reach it.
/// </summary>
public sealed class When_a_text_would_be_printed_in_different_ways : IAsyncLifetime
{
    private const string PathAndQuery = "/webhooks/singapay?src=pl";
    private static readonly string[] Uneven = ["\u2028", "\u2029", "\b", "\f", "\0", "\u001f", "\u000b", "\u007f", "\u0085"];
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_refuse_it_at_every_field_that_gets_into_a_signed_body()
    {
        var link = await app.App.AddLinkAsync();
        foreach (var text in Uneven.Select(character => JsonSerializer.Serialize($"a{character}b")))
        {
            (string Field, string Json)[] bodies =
            [
                ("title", A.NewPaymentLink().WithJson("title", text).ToString()),
                ("items.0.name", A.NewPaymentLink().WithJson("items", $$"""[{"name":{{text}},"quantity":1,"unit_price":100000}]""").ToString()),
            ];
            foreach (var (field, body) in bodies)
                await RefusedAsync(app.App.Singapay.LinksPath(), body, field);
            foreach (var field in (string[])["title", "description", "customer_name", "customer_email", "customer_phone"])
                await RefusedAsync($"/api/v2.0/payment-link/{SingapayClient.AccountId}", A.NewPaymentLinkV2().WithJson(field, text).ToString(), field);
            foreach (var field in (string[])["name", "email", "phone"])
            {
                var refused = (await app.Client.PostAsync(
                    $"/sandbox/payment-links/{link.ReffNo}/attempts", $$$"""{"payment_method":"QRIS","outcome":"succeeded","customer":{"{{{field}}}":{{{text}}}}}""", apiKey: null)).Expect(HttpStatusCode.BadRequest);
                Assert.Equal([$"customer.{field}"], refused.ErrorFields);
            }
        }
    }

    [Fact]
    public async Task Should_take_every_other_character_and_sign_so_that_all_receivers_agree()
    {
        const string text = "Jus & \"buah\" <b>'é' 日本 😀 \u00a0/\\ \t";
        var management = new ManagementClient(app.App.BaseAddress);
        var account = await management.CreatedAccountAsync(new Uri(app.Receiver.Url, PathAndQuery).AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var link = await merchant.CreatedLinkAsync(A.NewPaymentLink().With("title", text));

        (await app.Client.PostAsync(
            $"/sandbox/payment-links/{link.ReffNo()}/attempts",
            $$$"""{"payment_method":"QRIS","outcome":"succeeded","customer":{"name":{{{JsonSerializer.Serialize(text)}}}}}""", apiKey: null)).Expect(HttpStatusCode.OK);

        var told = Assert.Single(await app.Receiver.WaitForAsync(1));
        Assert.True(await SingapayReceiver.AcceptsAsync(told, PathAndQuery, merchant.Secret, TimeProvider.System.GetUtcNow()));
        Assert.Equal(text.Trim(), told.Json.GetProperty("data").GetProperty("customer").GetProperty("name").GetString());
    }

    /// <summary>What a payer types is put in one line, as the page shows it.</summary>
    [Fact]
    public async Task Should_put_a_space_in_its_place_on_the_page()
    {
        var management = new ManagementClient(app.App.BaseAddress);
        var account = await management.CreatedAccountAsync(new Uri(app.Receiver.Url, PathAndQuery).AbsoluteUri);
        using var merchant = await management.IssuedCredentialAsync(account);
        var created = await merchant.CreatedLinkAsync(A.NewPaymentLink().With("required_customer_detail", true));
        using var pages = new PageClient(app.App.BaseAddress);
        var path = $"/b2b/{created.ReffNo()}";
        var form = PageClient.Card();
        var shown = (await pages.GetAsync($"{path}?step=details&method=NICEPAY_CARD")).Expect(HttpStatusCode.OK).Body;
        form["method"] = "NICEPAY_CARD";
        form["form"] = PageText.Hidden(shown, "form");
        foreach (var (name, value) in LinkPageClient.Customer())
            form[name] = value;
        form["customer_name"] = "Siti\u2028Aminah\u0007 \u2029 Binti";
        (await pages.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) })).Expect(HttpStatusCode.SeeOther);

        var told = Assert.Single(await app.Receiver.WaitForAsync(1));
        Assert.Equal("Siti Aminah Binti", told.Json.GetProperty("data").GetProperty("customer").GetProperty("name").GetString());
        Assert.True(await SingapayReceiver.AcceptsAsync(told, PathAndQuery, merchant.Secret, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Links that were stored before they were refused.</summary>
    [Fact]
    public void Should_not_sign_what_was_stored_before() =>
        Assert.Equal("a b c d", SignedText.Of("a\u2028b\u2029c\u000bd"));

    private async Task RefusedAsync(string path, string body, string field)
    {
        var refused = (await app.App.Singapay.PostAsync(path, body)).Expect(HttpStatusCode.UnprocessableEntity);

        var errors = refused.Json.GetProperty("error").GetProperty("errors");
        Assert.Equal(field, Assert.Single(errors.EnumerateObject()).Name);
        Assert.Contains("U+", refused.Body, StringComparison.Ordinal);
    }
}
