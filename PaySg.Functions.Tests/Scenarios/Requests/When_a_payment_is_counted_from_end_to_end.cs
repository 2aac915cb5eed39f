using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// What one of twenty payments costs in storage requests, from its creation until nothing is left to do: calls, queue functions, the sweep that comes
/// afterwards, and the deletion of each message. The polling of the queues is left out.
/// </summary>
public sealed class When_a_payment_is_counted_from_end_to_end(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Payments = 20;
    private const double Tolerance = 0.5;
    private WebhookApp webhooks = null!;

    public async Task InitializeAsync() => webhooks = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await webhooks.DisposeAsync();

    [Fact]
    public async Task Should_create_pay_and_deliver_to_two_endpoints_in_few()
    {
        await webhooks.EndpointAsync("payment.succeeded");
        await webhooks.EndpointAsync("payment.succeeded");

        var counted = await CountAsync(received: 2, async () => await PayAsync(await webhooks.EventAsync()));

        Assert.InRange(counted.Requests, 0, 14);
        IsOnThePage("created, paid and delivered to two endpoints", counted, calls: 2);
    }

    [Fact]
    public async Task Should_create_in_few_where_nobody_subscribes()
    {
        var counted = await CountAsync(received: 0, async () => await webhooks.EventAsync());

        Assert.InRange(counted.Requests, 0, 3);
        IsOnThePage("created, and nobody subscribes", counted, calls: 1);
    }

    [Fact]
    public async Task Should_create_and_pay_in_few_where_nobody_subscribes()
    {
        var counted = await CountAsync(received: 0, async () => await PayAsync(await webhooks.EventAsync()));

        Assert.InRange(counted.Requests, 0, 6);
        IsOnThePage("created and paid, and nobody subscribes", counted, calls: 2);
    }

    /// <summary>docs/operate/cost.md says what 1,000 payments take. What waits for a sweep, and how much of it a sweep takes at once, differs a little from run to run.</summary>
    private static void IsOnThePage(string payment, Counted counted, int calls)
    {
        var stated = Document.Read("docs/operate/cost.md").Table("1,000 payments")
            .Single(row => row[0] == payment)
            .Skip(1)
            .Select(static cell => double.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) / 1000)
            .ToList();
        double[] measured = [counted.Transactions, counted.Reads, counted.Writes, 3 * counted.Messages, calls + counted.Messages];
        Assert.Equal(measured.Length, stated.Count);
        Assert.All(measured.Zip(stated), each => Assert.InRange(each.First, each.Second - Tolerance, each.Second + Tolerance));
    }

    private async Task PayAsync(string payment) => (await webhooks.Client.PayAsync(payment)).Expect(HttpStatusCode.OK);

    /// <summary>What each of them takes.</summary>
    private async Task<Counted> CountAsync(int received, Func<Task> pay)
    {
        var app = webhooks.App;
        await pay();
        await EndAsync(received);
        app.HttpTraffic.Forget();
        app.BackgroundTraffic.Forget();

        for (var i = 0; i < Payments; i++)
            await pay();

        await EndAsync(received * (Payments + 1));
        var all = app.HttpTraffic.Requests.Concat(app.BackgroundTraffic.Requests).Where(request => !IsOfThisTest(request)).ToList();
        var tables = all.Where(static request => !request.IsQueue).ToList();
        var each = new Counted(
            tables.Count(static request => request.IsTransaction) / (double)Payments,
            tables.Count(static request => request.Method == "GET") / (double)Payments,
            tables.Count(static request => request.Method != "GET" && !request.IsTransaction) / (double)Payments,
            all.Count(static request => request.IsQueue && request.Method == "POST") / (double)Payments);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{each.Requests:F2} requests for each: {each.Transactions:F2} transactions, {each.Reads:F2} reads, {each.Writes:F2} single writes of tables, {each.Messages:F2} messages, each sent and deleted."));
        return each;
    }

    /// <summary>How many messages wait is asked by this test alone.</summary>
    private static bool IsOfThisTest(StorageRequest request) => request.Url.Query.Contains("comp=metadata", StringComparison.Ordinal);

    /// <summary>Waits until everything is delivered and no work is left, with a sweep in between.</summary>
    private async Task EndAsync(int received)
    {
        await webhooks.Receiver.WaitForAsync(received);
        await LocalHost.Eventually.TrueAsync(() => webhooks.App.Log.Of(3001).Count == received);
        await LocalHost.Eventually.TrueAsync(AreQueuesEmptyAsync);
        await webhooks.PassAsync(TimeSpan.FromSeconds(40));
        await LocalHost.Eventually.TrueAsync(AreQueuesEmptyAsync);
        Assert.Empty(await webhooks.DueRowsAsync());
        Assert.Empty(await StoredRows.OfAsync(webhooks.App.Connection, "paysgpayments", "o:"));
    }

    /// <summary>Whether every message was worked on and deleted.</summary>
    private async Task<bool> AreQueuesEmptyAsync()
    {
        foreach (var queue in webhooks.App.Services.GetRequiredService<PaySgQueues>().All)
        {
            if ((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0)
                return false;
        }

        return true;
    }

    /// <summary>What one payment takes, on average.</summary>
    /// <param name="Transactions">Transactions of rows.</param>
    /// <param name="Reads">Rows read by their keys, and queries.</param>
    /// <param name="Writes">Rows written or deleted alone.</param>
    /// <param name="Messages">Messages: each is sent, received and deleted.</param>
    private sealed record Counted(double Transactions, double Reads, double Writes, double Messages)
    {
        /// <summary>All requests, but for those that ask for messages: one brings up to 32.</summary>
        public double Requests => Transactions + Reads + Writes + (2 * Messages);
    }
}
