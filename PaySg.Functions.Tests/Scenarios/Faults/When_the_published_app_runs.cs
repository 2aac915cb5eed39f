using System.Net;
using System.Net.Sockets;
using System.Text;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Docs.Examples;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// What is deployed: <c>dotnet publish</c> in Release, run as a worker process behind Microsoft's queue listener. Nothing here runs in the
/// test's process.
/// </summary>
[Trait("Category", "Long")]
public sealed class When_the_published_app_runs(PublishedWorker published) : IClassFixture<PublishedWorker>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Should_do_all_that_the_readme_shows()
    {
        await using var product = await published.StartAsync();

        var output = await ShellTour.RunAsync(
            Document.Read("README.md").Section("## A five-minute tour").Code("sh"), ("http://localhost:7071", product.Client.BaseAddress.GetLeftPart(UriPartial.Authority)));

        Assert.Contains("\"payment_status\":\"paid\"", output, StringComparison.Ordinal);
        Assert.Contains("\"paysg_signature_valid\": true", output, StringComparison.Ordinal);
        Assert.Contains("\"token_type\":\"Bearer\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HttpFileTests.Files), MemberType = typeof(HttpFileTests))]
    public async Task Should_answer_the_calls_of_both_APIs_as_the_examples_say(string file)
    {
        var product = await published.SharedAsync();
        using var http = new HttpClient(new ContractHandler());

        await new HttpFileRun(HttpFile.Parse(file, Document.Repository.Read($"docs/integrate/examples/{file}")), HttpFileTests.Here(product.Client.BaseAddress)).RunAsync(http);
    }

    [Fact]
    public async Task Should_lead_payers_through_both_kinds_of_pages()
    {
        var product = await published.SharedAsync();
        using var pages = new PageClient(product.Client.BaseAddress);
        using var merchant = new SingapayClient(product.Client.BaseAddress);
        var payment = await product.Client.CreatedPaymentAsync();

        Assert.Contains("aid", PageText.Heading(await pages.FollowAsync(payment, PageClient.Card())), StringComparison.Ordinal);

        Assert.Equal("paid", (await product.Client.GetPaymentAsync(payment))["payment_status"]);
        var link = await merchant.CreatedLinkAsync();
        Assert.Contains("<form", (await pages.GetAsync($"/b2b/{link.ReffNo()}?step=details&method=QRIS")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Equal("text/css; charset=utf-8", (await StylesheetAsync(pages, payment)).Headers["Content-Type"]);
    }

    [Fact]
    public async Task Should_try_a_webhook_again_with_the_same_bytes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var failures = 1;
        receiver.Responds = (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 500 : 204;
            return Task.CompletedTask;
        };
        await using var product = await published.StartAsync();
        var (endpoint, _) = await product.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
        await product.Client.PayAsync(await product.Client.CreatedPaymentAsync());

        var received = await receiver.WaitForAsync(2, Limit);

        Assert.Equal(received[0].EventId, received[1].EventId);
        Assert.Equal(received[0].Body, received[1].Body);
        await product.Client.DeliveryAsync(endpoint, "delivered");
    }

    [Fact]
    public async Task Should_send_mails()
    {
        var product = await published.SharedAsync();
        var id = await product.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "published@example.com"));

        (await product.Client.PostAsync($"{ApiClient.PaymentsPath}/{id}/send-email", "")).Expect(HttpStatusCode.OK);

        using var http = new HttpClient { BaseAddress = product.Client.BaseAddress };
        await LocalHost.Eventually.TrueAsync(async () => (await http.GetStringAsync(new Uri("/sandbox/mailbox", UriKind.Relative))).Contains("published@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_what_is_wrong_in_the_shape_of_its_API()
    {
        var product = await published.SharedAsync();
        using var merchant = new SingapayClient(product.Client.BaseAddress);
        string[] bodies = ["", "{", "[]", "null", "\"text\"", "{\"reference_id\":1}", "{\"a\":\"\\ud800\"}", "{}{}", "{\"amount_in_cents\":0113}", new string('[', 10_000), "{\"payer_name\":\"a\0b\"}", new string('x', 70_000)];
        foreach (var body in bodies)
        {
            var refused = await product.Client.PostAsync(ApiClient.PaymentsPath, body, chunked: body.Length % 2 == 0);
            Assert.InRange((int)refused.Status, 400, 422);
            Assert.Equal("invalid_request_error", refused.Json.GetProperty("error").GetProperty("type").GetString());
            var singapay = await merchant.PostAsync(merchant.LinksPath(), body);
            Assert.InRange((int)singapay.Status, 400, 422);
            Assert.False(singapay.Json.GetProperty("success").GetBoolean());
        }

        (await product.Client.GetAsync(ApiClient.PaymentsPath, apiKey: null)).Expect(HttpStatusCode.Unauthorized);
        (await product.Client.GetAsync(ApiClient.PaymentsPath, apiKey: "wrong")).Expect(HttpStatusCode.Unauthorized);
        (await product.Client.GetAsync("/nothing/here")).Expect(HttpStatusCode.NotFound);
        Assert.Contains("POST", (await product.Client.DeleteAsync(ApiClient.PaymentsPath)).Expect(HttpStatusCode.MethodNotAllowed).Headers["Allow"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/payment-services/a%2Fb/payments HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 401")]
    [InlineData("GET /admin/host/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 401")]
    [InlineData("POST /v1/payment-services/x/payments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 30000001\r\n\r\n", "HTTP/1.1 500")]
    public async Task Should_answer_odd_requests_as_the_Functions_host_does(string request, string status)
    {
        var product = await published.SharedAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, product.Client.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("Host: x", $"Host: {product.Client.BaseAddress.Authority}", StringComparison.Ordinal)));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);

        Assert.StartsWith(status, await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_finish_the_delivery_that_is_under_way_when_it_is_told_to_stop()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var answer = new TaskCompletionSource();
        receiver.Responds = async (_, context) =>
        {
            await answer.Task;
            context.Response.StatusCode = 204;
        };
        string endpoint;
        await using (var product = await published.StartAsync(connection))
        {
            (endpoint, _) = await product.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.succeeded"));
            await product.Client.PayAsync(await product.Client.CreatedPaymentAsync());
            await receiver.WaitForAsync(1, Limit);

            var stopped = product.StopAsync();
            await LocalHost.Eventually.TrueAsync(() => product.Output.Contains("Stopping", StringComparison.Ordinal));
            answer.SetResult();

            Assert.Equal(0, await stopped);
        }

        await using var next = await published.StartAsync(connection);
        await next.Client.DeliveryAsync(endpoint, "delivered");
        Assert.Single(receiver.All);
    }

    [Theory]
    [InlineData("PaySg__Mode", "both", "PaySg__Mode")]
    [InlineData("PaySg__Secrets__CurrentKey", "short", "PaySg__Secrets__CurrentKey")]
    [InlineData("AzureWebJobsStorage", "nonsense", "AzureWebJobsStorage")]
    public async Task Should_say_what_is_wrong_with_a_setting_and_end(string name, string value, string named)
    {
        var (code, output) = await LocalHostProcess.RunToEndAsync([("AzureWebJobsStorage", await TestAzurite.NewAccountAsync()), (name, value)], "--worker", published.Folder);

        Assert.Equal(1, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task<Answer> StylesheetAsync(PageClient pages, string payment)
    {
        var page = await pages.OpenAsync(payment);
        var start = page.IndexOf("href=\"/", page.IndexOf("stylesheet", StringComparison.Ordinal), StringComparison.Ordinal) + "href=\"".Length;
        return (await pages.GetAsync(page[start..page.IndexOf('"', start)])).Expect(HttpStatusCode.OK);
    }
}
