using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>The clients of <c>docs/integrate/examples</c>, run as their readers run them.</summary>
public sealed class ExampleClientsTests(ITestOutputHelper output)
{
    private const string ReturnUrl = "https://eservice.agency.gov.sg/back";

    public static TheoryData<string> Clients =>
        ["dotnet run docs/integrate/examples/csharp/client.cs", "node docs/integrate/examples/nodejs/client.mjs", "python3 docs/integrate/examples/python/client.py"];

    private static Document Webhooks => Document.Read("docs/integrate/webhooks.md");

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_leads_the_payer_checks_the_status_and_takes_only_genuine_webhooks(string command)
    {
        if (IsMissing(command))
            return;

        // The example's port is known once it runs, and it needs the secret to run: the endpoint gets its address afterwards. So the product
        // is not shared: an event of another test would go to the old address, and the old address be remembered for ten seconds.
        await using var app = await PaySgApp.StartAsync();
        var (endpoint, secret) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(new Uri("http://127.0.0.1:1/webhook")).For("payment.succeeded"));
        await using var example = await ExampleProcess.StartAsync(command, Settings(app.BaseAddress, secret));
        (await app.Client.PatchAsync(ApiClient.EndpointPath(endpoint), $$"""{"webhook_url":"{{new Uri(example.Address, "webhook")}}"}""")).Expect(HttpStatusCode.OK);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = example.Address };
        Assert.EndsWith(" is not begun\n", await browser.GetStringAsync(new Uri("back", UriKind.Relative)), StringComparison.Ordinal);

        // The payer presses the button twice, and is led to one payment.
        var page = await PressPayAsync(browser);
        Assert.Equal(page, await PressPayAsync(browser));
        var id = page.Segments[^1];
        var payment = (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal((page.AbsoluteUri, ReturnUrl, "unpaid"), (payment["payment_url"], payment["return_url"], payment["payment_status"]));
        var order = payment["reference_id"];

        // A payer who did not pay opens the address that payers come back to, with the id of a payment that somebody else paid.
        var another = await app.Client.CreatedPaymentAsync();
        (await app.Client.PayAsync(another)).Expect(HttpStatusCode.OK);
        Assert.Equal($"{order} is unpaid\n", await ComeBackAsync(browser, another));

        // Somebody who does not know the secret tells of a payment.
        var forged = $$$$"""{"id":"evt_1","type":"payment.succeeded","data":{"object":{"reference_id":"{{{{order}}}}","payment_status":"paid"}}}""";
        Assert.Equal(HttpStatusCode.BadRequest, await PostWebhookAsync(browser, forged, signature: null));
        Assert.Equal(HttpStatusCode.BadRequest, await PostWebhookAsync(browser, forged, Sign(forged, "whsec_" + Convert.ToBase64String(new byte[32]))));
        Assert.Equal("HTTP/1.1 413", (await AnnounceWebhookAsync(example.Address, bytes: 1024 * 1024 + 1)).Replace("1.0", "1.1", StringComparison.Ordinal));
        Assert.DoesNotContain(
            example.Lines, line => line.StartsWith($"{order}:", StringComparison.Ordinal) && line.Contains("says webhook", StringComparison.Ordinal));

        // The payer pays.
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        Assert.Equal($"{order} is paid\n", await ComeBackAsync(browser, id));
        await example.LineWithAsync($"{order}: paid, says the API");
        var told = await example.LineWithAsync($"{order}: paid, says webhook ");

        // The event comes again, is acknowledged, and is not worked on again.
        var delivery = $"{ApiClient.DeliveriesPath(endpoint)}/{told.Split(' ')[^1]}";
        (await app.Client.PostAsync($"{delivery}/resend", "")).Expect(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await app.Client.GetAsync(delivery)).Json.GetProperty("attempts").EnumerateArray()
            .Count(attempt => attempt.GetProperty("response_status").ToString() == "200") == 2);
        Assert.Single(example.Lines, line => line.StartsWith($"{order}: paid, says webhook", StringComparison.Ordinal));
    }

    /// <summary>Everybody could sign with an empty secret.</summary>
    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_without_a_secret_does_not_start(string command)
    {
        if (IsMissing(command))
            return;

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ExampleProcess.StartAsync(command, Settings(new Uri("http://127.0.0.1:1"), secret: "")));

        Assert.Matches("Set .*PAYSG_WEBHOOK_SECRET", failure.Message);
    }

    [Theory]
    [InlineData("js", "docs/integrate/examples/nodejs/paysg-signature.mjs")]
    [InlineData("python", "docs/integrate/examples/python/paysg_signature.py")]
    public void The_clients_verify_webhooks_by_the_documented_samples(string language, string file) =>
        Assert.Equal(Assert.Single(Webhooks.Code(language)), Document.Repository.Read(file));

    [Fact]
    public void The_client_in_CSharp_ends_with_the_documented_sample()
    {
        var sample = Assert.Single(Webhooks.Code("csharp"));
        Assert.EndsWith("\n" + sample[sample.IndexOf("public static class", StringComparison.Ordinal)..], Document.Repository.Read("docs/integrate/examples/csharp/client.cs"), StringComparison.Ordinal);
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

    /// <summary>Begins to post a body that is this long; how the answer begins.</summary>
    private static async Task<string> AnnounceWebhookAsync(Uri address, int bytes)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /webhook HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {bytes}\r\n\r\n"));
        var answer = new byte["HTTP/1.1 413".Length];
        await stream.ReadExactlyAsync(answer);
        return Encoding.ASCII.GetString(answer);
    }

    private static string Sign(string body, string secret)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return $"t={now},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{now}.{body}")))}";
    }

    private bool IsMissing(string command)
    {
        var isMissing = !ChildProcess.Exists(command.Split(' ')[0]);
        if (isMissing)
            output.WriteLine($"\"{command}\" was not run: the program is not installed.");
        return isMissing;
    }

    private static Dictionary<string, string> Settings(Uri product, string secret) => new(StringComparer.Ordinal)
    {
        ["PAYSG_URL"] = product.GetLeftPart(UriPartial.Authority),
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
