using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>The clients of <c>docs/examples</c>, run as their readers run them.</summary>
public sealed class ExampleClientsTests(SharedApp shared, ITestOutputHelper output) : IClassFixture<SharedApp>
{
    private const string ReturnUrl = "https://eservice.agency.gov.sg/back";

    private static Document Webhooks => Document.Read("docs/webhooks.md");

    [Theory]
    [InlineData("dotnet run docs/examples/csharp/client.cs")]
    [InlineData("node docs/examples/nodejs/client.mjs")]
    [InlineData("python3 docs/examples/python/client.py")]
    public async Task A_client_leads_the_payer_checks_the_status_and_takes_only_genuine_webhooks(string command)
    {
        if (!ChildProcess.Exists(command.Split(' ')[0]))
        {
            output.WriteLine($"{command} was not run: the program is not installed.");
            return;
        }

        // The example's port is known once it runs, and it needs the secret to run: the endpoint gets its address afterwards.
        var (endpoint, secret) = await shared.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:1/webhook")).For("payment.succeeded"));
        await using var example = await ExampleProcess.StartAsync(command, Settings(secret));
        (await shared.Client.PatchAsync(ApiClient.EndpointPath(endpoint), $$"""{"webhook_url":"{{new Uri(example.Address, "webhook")}}"}""")).Expect(HttpStatusCode.OK);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = example.Address };
        Assert.EndsWith(" is not begun\n", await browser.GetStringAsync(new Uri("back", UriKind.Relative)), StringComparison.Ordinal);

        // The payer presses the button twice, and is led to one payment.
        var page = await PressPayAsync(browser);
        Assert.Equal(page, await PressPayAsync(browser));
        var id = page.Segments[^1];
        var payment = (await shared.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal((page.AbsoluteUri, ReturnUrl, "unpaid"), (payment["payment_url"], payment["return_url"], payment["payment_status"]));
        var order = payment["reference_id"];

        // A payer who did not pay opens the address that payers come back to, with the id of a payment that somebody else paid.
        var another = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(another)).Expect(HttpStatusCode.OK);
        Assert.Equal($"{order} is unpaid\n", await ComeBackAsync(browser, another));

        // Somebody who does not know the secret tells of a payment.
        var forged = $$$$"""{"id":"evt_1","type":"payment.succeeded","data":{"object":{"reference_id":"{{{{order}}}}","payment_status":"paid"}}}""";
        Assert.Equal(HttpStatusCode.BadRequest, await PostWebhookAsync(browser, forged, signature: null));
        Assert.Equal(HttpStatusCode.BadRequest, await PostWebhookAsync(browser, forged, Sign(forged, "whsec_" + Convert.ToBase64String(new byte[32]))));
        Assert.DoesNotContain(example.Lines, line => line.Contains("says webhook", StringComparison.Ordinal));

        // The payer pays.
        (await shared.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal($"{order} is paid\n", await ComeBackAsync(browser, id));
        await example.LineWithAsync($"{order}: paid, says the API");
        var told = await example.LineWithAsync($"{order}: paid, says webhook ");

        // The event comes again, is acknowledged, and is not worked on again.
        var delivery = $"{ApiClient.DeliveriesPath(endpoint)}/{told.Split(' ')[^1]}";
        (await shared.Client.PostAsync($"{delivery}/resend", "")).Expect(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await shared.Client.GetAsync(delivery)).Json is var shown
            && shown.GetProperty("attempt_count").GetInt32() == 2
            && shown.GetProperty("attempts").EnumerateArray().All(attempt => attempt.GetProperty("response_status").GetInt32() == 200));
        Assert.Single(example.Lines, line => line.StartsWith($"{order}: paid, says webhook", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("js", "docs/examples/nodejs/paysg-signature.mjs")]
    [InlineData("python", "docs/examples/python/paysg_signature.py")]
    public void The_clients_verify_webhooks_by_the_documented_samples(string language, string file) =>
        Assert.Equal(Assert.Single(Webhooks.Code(language)), Document.Repository.Read(file));

    [Fact]
    public void The_client_in_CSharp_ends_with_the_documented_sample()
    {
        var sample = Assert.Single(Webhooks.Code("csharp"));
        Assert.EndsWith("\n" + sample[sample.IndexOf("public static class", StringComparison.Ordinal)..], Document.Repository.Read("docs/examples/csharp/client.cs"), StringComparison.Ordinal);
    }

    private static async Task<Uri> PressPayAsync(HttpClient browser)
    {
        using var answer = await browser.PostAsync(new Uri("pay", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static Task<string> ComeBackAsync(HttpClient browser, string paymentId) =>
        browser.GetStringAsync(new Uri($"back?paysg_payment_id={paymentId}&paysg_payment_service_id={ApiClient.ServiceId}", UriKind.Relative));

    private static async Task<HttpStatusCode> PostWebhookAsync(HttpClient browser, string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
            request.Headers.Add("PaySG-Signature", signature);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Sign(string body, string secret)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"t={now},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{now}.{body}")))}";
    }

    private Dictionary<string, string> Settings(string secret) => new(StringComparer.Ordinal)
    {
        ["PAYSG_URL"] = shared.App.BaseAddress.GetLeftPart(UriPartial.Authority),
        ["PAYSG_SERVICE_ID"] = ApiClient.ServiceId,
        ["PAYSG_API_KEY"] = ApiClient.ApiKey,
        ["PAYSG_WEBHOOK_SECRET"] = secret,
        ["RETURN_URL"] = ReturnUrl,
        ["PORT"] = "0",

        // No compiler server stays behind, which would outlive the test.
        ["UseSharedCompilation"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
    };
}
