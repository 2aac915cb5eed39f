using System.Net;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Two LocalHost processes on one store, so that no lock inside a process can help.</summary>
[Collection(Alone.Name)]
public sealed class When_requests_race(TwoLocalHosts hosts) : IClassFixture<TwoLocalHosts>
{
    private readonly string connection = hosts.Connection;
    private readonly LocalHostProcess first = hosts.First;
    private readonly LocalHostProcess second = hosts.Second;

    [Fact]
    public async Task Should_create_one_payment_for_twelve_requests_with_one_idempotency_key()
    {
        var before = await PaymentsAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => hosts.ClientOf(i).CreatePaymentAsync(idempotencyKey: "one-and-the-same")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(11, answers.Count(answer => answer.Headers.ContainsKey("Idempotent-Replayed")));
        Assert.Equal(before + 1, await PaymentsAsync());
    }

    [Fact]
    public async Task Should_charge_once_for_many_payers_of_one_payment()
    {
        var id = await first.Client.CreatedPaymentAsync();
        var before = await SucceededAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => hosts.ClientOf(i).PayAsync(id)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.Contains(answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode, (string[])["payment_already_paid", "attempt_superseded"]));
        Assert.Equal("paid", (await first.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal(1, await ChargesAsync(id));
        Assert.Equal(before + 1, await SucceededAsync());
    }

    [Fact]
    public async Task Should_answer_payers_who_ask_at_once_with_one_key_in_one_true_way()
    {
        var (attempts, charges) = (await CountAsync("paysgpayments", "a:"), await CountAsync("paysgsandbox", "charge"));
        for (var round = 0; round < 8; round++)
        {
            var key = $"key-{round}";
            var id = await first.Client.CreatedPaymentAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => hosts.ClientOf(i).PayAsync(id, idempotencyKey: key)));

            Assert.All(answers, answer => Assert.True(
                answer.Status == HttpStatusCode.OK ? answer["payment_status"] == "paid" : answer.Status == HttpStatusCode.Conflict && answer.ErrorCode == "idempotency_key_in_use",
                $"{answer.Status}: {answer.Body}"));
            Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
            var again = (await second.Client.PayAsync(id, idempotencyKey: key)).Expect(HttpStatusCode.OK);
            Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.OK), answer => Assert.Equal(again.Body, answer.Body));
        }

        Assert.Equal((attempts + 8, charges + 8), (await CountAsync("paysgpayments", "a:"), await CountAsync("paysgsandbox", "charge")));
    }

    [Fact]
    public async Task Should_create_one_payment_service_and_issue_one_key_for_many_requests_with_one_idempotency_key()
    {
        var one = new ManagementClient(first.Client.BaseAddress);
        var other = new ManagementClient(second.Client.BaseAddress);
        ManagementClient ManagerOf(int i) => i % 2 == 0 ? one : other;
        var before = await ServicesAsync();

        var services = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            ManagerOf(i).PostAsync(ManagementClient.ServicesPath, """{"name":"Licences"}""", "one-and-the-same")));
        var service = Assert.Single(services.Select(answer => answer.Expect(HttpStatusCode.Created)["id"]).Distinct())!;
        var keys = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            ManagerOf(i).PostAsync(ManagementClient.KeysPath(service), """{"label":"l","permissions":["view"]}""", "one-and-the-same")));

        Assert.Single(keys.Select(answer => answer.Expect(HttpStatusCode.Created)["id"]).Distinct());
        var secret = Assert.Single(keys, answer => answer["key"] is not null)["key"];
        Assert.Equal(11, keys.Count(answer => answer.Headers.ContainsKey("Idempotent-Replayed")));

        Assert.Equal(before + 1, await ServicesAsync());
        (await second.Client.GetAsync($"/v1/payment-services/{service}/payments/x", secret)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_register_a_hundred_endpoints_and_no_more()
    {
        // A payment service of their own: nobody sends the other tests' events to them.
        var management = new ManagementClient(first.Client.BaseAddress);
        var service = await management.CreatedServiceAsync();
        var key = (await management.IssuedKeyAsync(service, "\"administrator\"")).Secret;
        var answers = new System.Collections.Concurrent.ConcurrentBag<Answer>();
        await Parallel.ForAsync(0, 104, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) =>
            answers.Add(await RegisteredAsync(service, key, i)));

        Assert.Equal(100, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.PaymentRequired));
        Assert.Equal(100, (await StoredRows.OfAsync(connection, "paysgwebhooks", "w:")).Count(row => row.PartitionKey == service));
    }

    [Fact]
    public async Task Should_charge_once_for_a_hundred_submissions_of_one_page()
    {
        var id = await first.Client.CreatedPaymentAsync();
        var before = await SucceededAsync();
        using var one = new PageClient(first.Client.BaseAddress);
        using var other = new PageClient(second.Client.BaseAddress);
        var started = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).SubmitAsync(id, PageClient.Card())));

        // Whoever found the payment too busy was told so, and was not charged. Where the row was too hot to write the charge down, the next who looks does it.
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.ServiceUnavailable), answer => answer.Expect(HttpStatusCode.SeeOther));
        WasTold(answers, charges: 1, started);
        await one.SubmitAsync(id, [new("action", "look")]);
        Assert.Equal("paid", (await first.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Equal(1, await ChargesAsync(id));
        Assert.Equal(before + 1, await SucceededAsync());
        Assert.Contains("paid", PageText.Heading(await one.OpenAsync(id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_leave_no_charge_on_a_payment_that_was_cancelled_among_a_hundred_submissions()
    {
        for (var round = 0; round < 4; round++)
        {
            var id = await first.Client.CreatedPaymentAsync();
            using var one = new PageClient(first.Client.BaseAddress);
            using var other = new PageClient(second.Client.BaseAddress);

            var started = TimeProvider.System.GetTimestamp();
            var submissions = Enumerable.Range(0, 25).Select(i => (i % 2 == 0 ? one : other).SubmitAsync(id, PageClient.Card())).ToList();
            var cancel = await second.Client.CancelAsync(id);
            var answers = await Task.WhenAll(submissions);

            var status = (await first.Client.GetPaymentAsync(id))["payment_status"];
            var charges = await ChargesAsync(id);
            Assert.Equal(status == "paid" ? 1 : 0, charges);
            Assert.Equal(cancel.Status == HttpStatusCode.OK, status == "cancelled");
            WasTold(answers, charges, started);
        }
    }

    /// <summary>Who was charged is led on to "done", and nobody else is. After the patience of the product it may be that the payer is told to wait.</summary>
    private static void WasTold(IEnumerable<Answer> answers, int charges, long started)
    {
        var told = answers.Count(answer => answer.Status == HttpStatusCode.SeeOther && answer.Headers["Location"].EndsWith("?step=done", StringComparison.Ordinal));
        Assert.InRange(told, TimeProvider.System.GetElapsedTime(started) < HotRowRetry.Patience ? charges : 0, charges);
    }

    /// <summary>The answer to a new endpoint, asked again as an e-service would while six change one count at once.</summary>
    private async Task<Answer> RegisteredAsync(string service, string key, int i)
    {
        Answer answer;
        do
        {
            answer = await hosts.ClientOf(i).PostAsync(
                $"/v1/payment-services/{service}/webhook-endpoints", A.WebhookEndpoint(new Uri($"https://8.8.8.8/hook?{i}")).ToString(), key, $"endpoint-{i}");
        }
        while (answer.Status == HttpStatusCode.ServiceUnavailable);
        return answer;
    }

    private async Task<int> CountAsync(string table, string prefix) => (await StoredRows.OfAsync(connection, table, prefix)).Count;

    private async Task<int> PaymentsAsync() => (await StoredRows.OfAsync(connection, "paysgpayments", "p:")).Count(row => row.PartitionKey == ApiClient.ServiceId);

    private async Task<int> ServicesAsync() => (await StoredRows.OfAsync(connection, "paysgaccess", "payment_service_")).Count(row => row.PartitionKey == "owners");

    /// <summary>How often a payment was charged at the gateway.</summary>
    private async Task<int> ChargesAsync(string id) => (await StoredRows.OfAsync(connection, "paysgsandbox", "charge")).Count(row => row.PartitionKey == id);

    /// <summary>How many events tell of a payment that was paid.</summary>
    private async Task<int> SucceededAsync() => (await StoredRows.OfAsync(connection, "paysgpayments", "e:")).Count(row => row.GetString("type") == "payment.succeeded");
}
