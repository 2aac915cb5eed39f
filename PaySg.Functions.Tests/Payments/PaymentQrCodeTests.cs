using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Platform.Markup;

namespace PaySg.Functions.Tests.Payments;

public sealed class PaymentQrCodeTests(ManagedApp managed) : IClassFixture<ManagedApp>
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task The_image_that_a_payment_names_leads_to_its_page()
    {
        var payment = (await managed.App.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);

        using var response = await Http.GetAsync(new Uri(payment["payment_qr_code_url"]!));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=86400, immutable", Assert.Single(response.Headers.GetValues("Cache-Control")));
        Assert.Equal(PngImage.QrCodeOf(payment["payment_url"]!), PngImage.Read(await response.Content.ReadAsByteArrayAsync()).Modules());
    }

    [Theory]
    [InlineData("-------{0}----------")]
    [InlineData("abc-qr-{0}-qr-png-x-")]
    [InlineData("_______{0}______-qr-")]
    public async Task An_id_may_hold_dashes_anywhere_and_its_payment_is_not_read(string form)
    {
        var id = string.Format(form, await DemoCodeAsync());
        Assert.Equal(21, id.Length);
        managed.App.HttpTraffic.Forget();

        var image = await Http.GetByteArrayAsync(new Uri(managed.App.BaseAddress, $"/v1/public/payments/{id}-qr.png"));

        Assert.Equal(PngImage.QrCodeOf($"{managed.App.BaseAddress}payments/{id}"), PngImage.Read(image).Modules());
        Assert.DoesNotContain(managed.App.HttpTraffic.Requests, request => request.Url.AbsolutePath.Contains("paysgpayments", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-qr.png")]
    [InlineData("x-qr.png")]
    [InlineData("0000000{0}0000000000")]
    [InlineData("0000000{0}0000000000-qr.jpg")]
    [InlineData("0000000{0}0000000000-qr.PNG")]
    [InlineData("0000000{0}00000000000-qr.png")]
    [InlineData("0000000{0}000000000%23-qr.png")]
    [InlineData("0000000????0000000000-qr.png")]
    public async Task Anything_else_is_not_found(string form)
    {
        var code = await DemoCodeAsync();
        var unknown = code == "zzzz" ? "yyyy" : "zzzz";
        var file = string.Format(form, code).Replace("????", unknown, StringComparison.Ordinal);

        var refused = (await managed.App.Client.GetAsync($"/v1/public/payments/{file}", apiKey: null)).Expect(HttpStatusCode.NotFound);

        Assert.Equal("payment_not_found", refused.ErrorCode);
        Assert.Equal("no-store", refused.Headers["Cache-Control"]);
    }

    private async Task<string> DemoCodeAsync() =>
        (await managed.App.Services.GetRequiredService<PaymentServiceStore>().FindAsync(ApiClient.ServiceId, CancellationToken.None))!.Code;
}
