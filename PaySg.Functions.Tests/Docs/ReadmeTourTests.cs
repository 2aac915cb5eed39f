using System.Net;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs;

public sealed partial class ReadmeTourTests
{
    private static Document Readme => Document.Read("README.md");

    [Theory]
    [InlineData("dotnet run --project PaySg.LocalHost\n")]
    [InlineData("dotnet test\n")]
    public void The_two_commands_are_there_to_be_copied(string command) =>
        Assert.Contains(command, Readme.Section("## Two commands").Code("sh"));

    [Fact]
    public async Task The_tour_works_as_it_is_printed()
    {
        await using var app = await PaySgApp.StartAsync();
        var blocks = Readme.Section("## A five-minute tour").Code("sh");
        Assert.Equal(8, blocks.Count);
        Assert.Contains("API=http://localhost:7071\n", blocks[0], StringComparison.Ordinal);

        var output = await ShellTour.RunAsync(blocks, ("http://localhost:7071", app.BaseAddress.GetLeftPart(UriPartial.Authority)));

        Assert.Contains("\"token_type\":\"Bearer\"", output, StringComparison.Ordinal);

        // What the inbox showed at the end: one webhook, both of its signatures valid.
        var inbox = output[output.IndexOf("\"received\"", StringComparison.Ordinal)..];
        Assert.Equal(1, Count(inbox, "\"paysg_signature_valid\": true"));
        Assert.Equal(1, Count(inbox, "\"standard_webhooks_signature_valid\": true"));
        Assert.DoesNotContain("_valid\": false", inbox, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"payment.succeeded\"", inbox, StringComparison.Ordinal);

        // Printed by paying and by reading.
        Assert.True(Count(output, "\"payment_status\":\"paid\"") >= 2, output);
        var id = PaymentId().Match(output).Groups["id"].Value;
        Assert.Equal("paid", (await app.Client.GetPaymentAsync(id)).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Keys_of_ones_own_take_the_place_of_the_demo_keys()
    {
        const string service = "payment_service_6f1c0f3e-1111-4222-8333-444455556666";
        const string key = "paysg_stag_0123456789abcdef0123456789abcdef";
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string>
        {
            ["PaySg__Demo__PaymentServiceId"] = service,
            ["PaySg__Demo__ApiKey"] = key,
            ["PaySg__Demo__ViewOnlyApiKey"] = key + "_view",
        });

        (await app.Client.PostAsync($"/v1/payment-services/{service}/payments", A.Payment().ToString(), key)).Expect(HttpStatusCode.Created);
        (await app.Client.PostAsync($"/v1/payment-services/{service}/payments", A.Payment().ToString(), ApiClient.ApiKey)).Expect(HttpStatusCode.Unauthorized);
        (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Unauthorized);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("""^\{"id":"(?<id>[-0-9A-Z_a-z]{21})",""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PaymentId();
}
