using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Docs;

public sealed partial class QuickStartTests
{
    [Fact]
    public async Task The_quick_start_works_as_it_is_printed()
    {
        var blocks = Document.Read("docs/start/quick-start.md").Code("sh");
        Assert.Equal("dotnet run --project PaySg.LocalHost\n", blocks[0]);
        await using var product = await LocalHostProcess.StartAsync(await TestAzurite.NewAccountAsync());

        var output = await ShellTour.RunAsync(
            blocks.Skip(1),
            ("http://localhost:7071", product.Client.BaseAddress.GetLeftPart(UriPartial.Authority)),
            ("8080", FreePort().ToString(CultureInfo.InvariantCulture)));

        // What the e-service printed, what it answered, and what the product knows.
        var order = Order().Match(output).Value;
        Assert.NotEqual("", order);
        Assert.Contains($"{order} is not begun\n", output, StringComparison.Ordinal);
        Assert.Contains($"{order}: to be paid at {product.Client.BaseAddress}payments/", output, StringComparison.Ordinal);
        Assert.Contains($"{order} is paid\n", output, StringComparison.Ordinal);
        Assert.Contains($"{order}: paid, says webhook evt_", output, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"delivered\"", output, StringComparison.Ordinal);
        var payment = Assert.Single((await product.Client.GetAsync(ApiClient.PaymentsPath)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray());
        Assert.Equal((order, "paid", "partially_refunded"), (payment.GetProperty("reference_id").GetString(), payment.GetProperty("payment_status").GetString(), payment.GetProperty("refund_status").GetString()));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("INV-[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Order();
}
