using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Two LocalHost processes on one store, so that no lock inside a process can help.</summary>
public sealed class When_requests_race : IAsyncLifetime
{
    private string connection = "";
    private LocalHostProcess first = null!;
    private LocalHostProcess second = null!;

    public async Task InitializeAsync()
    {
        connection = await TestAzurite.NewAccountAsync();
        first = await LocalHostProcess.StartAsync(connection);
        second = await LocalHostProcess.StartAsync(connection);
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Should_create_one_payment_for_twelve_requests_with_one_idempotency_key()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => ClientOf(i).CreatePaymentAsync(idempotencyKey: "one-and-the-same")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(11, answers.Count(answer => answer.Headers.ContainsKey("Idempotent-Replayed")));
        Assert.Single(await StoredRows.OfAsync(connection, "paysgpayments", "p:"), row => row.PartitionKey == ApiClient.ServiceId);
    }

    [Fact]
    public async Task Should_charge_once_for_many_payers_of_one_payment()
    {
        var id = await first.Client.CreatedPaymentAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => ClientOf(i).PayAsync(id)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.Contains(answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode, (string[])["payment_already_paid", "attempt_superseded"]));
        Assert.Equal("paid", (await first.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Single(await StoredRows.OfAsync(connection, "paysgsandbox", "charge"));
        Assert.Single(await StoredRows.OfAsync(connection, "paysgpayments", "e:"), row => row.GetString("type") == "payment.succeeded");
    }

    [Fact]
    public async Task Should_create_one_payment_service_and_issue_one_key_for_many_requests_with_one_idempotency_key()
    {
        var one = new ManagementClient(first.Client.BaseAddress);
        var other = new ManagementClient(second.Client.BaseAddress);
        ManagementClient ManagerOf(int i) => i % 2 == 0 ? one : other;

        var services = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            ManagerOf(i).PostAsync(ManagementClient.ServicesPath, """{"name":"Licences"}""", "one-and-the-same")));
        var service = Assert.Single(services.Select(answer => answer.Expect(HttpStatusCode.Created)["id"]).Distinct())!;
        var keys = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            ManagerOf(i).PostAsync(ManagementClient.KeysPath(service), """{"label":"l","permissions":["view"]}""", "one-and-the-same")));

        Assert.Single(keys.Select(answer => answer.Expect(HttpStatusCode.Created)["id"]).Distinct());
        var secret = Assert.Single(keys, answer => answer["key"] is not null)["key"];
        Assert.Equal(11, keys.Count(answer => answer.Headers.ContainsKey("Idempotent-Replayed")));

        // The demo's own, that of the payment which LocalHost's start names, and the new one.
        Assert.Equal(3, (await StoredRows.OfAsync(connection, "paysgaccess", "payment_service_")).Count(row => row.PartitionKey == "owners"));
        (await second.Client.GetAsync($"/v1/payment-services/{service}/payments/x", secret)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_register_a_hundred_endpoints_and_no_more()
    {
        var answers = new System.Collections.Concurrent.ConcurrentBag<Answer>();
        await Parallel.ForAsync(0, 104, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) =>
            answers.Add(await RegisteredAsync(i)));

        Assert.Equal(100, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.PaymentRequired));
        Assert.Equal(100, (await StoredRows.OfAsync(connection, "paysgwebhooks", "w:")).Count(row => row.PartitionKey == ApiClient.ServiceId));
    }

    [Fact]
    public async Task Should_charge_once_for_a_hundred_submissions_of_one_page()
    {
        var id = await first.Client.CreatedPaymentAsync();
        using var one = new PageClient(first.Client.BaseAddress);
        using var other = new PageClient(second.Client.BaseAddress);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).SubmitAsync(id, PageClient.Card())));

        // Whoever found the payment too busy was told so, and was not charged.
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.ServiceUnavailable), answer => answer.Expect(HttpStatusCode.SeeOther));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther && answer.Headers["Location"].EndsWith("?step=done", StringComparison.Ordinal));
        Assert.Equal("paid", (await first.Client.GetPaymentAsync(id))["payment_status"]);
        Assert.Single(await StoredRows.OfAsync(connection, "paysgsandbox", "charge"));
        Assert.Single(await StoredRows.OfAsync(connection, "paysgpayments", "e:"), row => row.GetString("type") == "payment.succeeded");
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

            var submissions = Enumerable.Range(0, 25).Select(i => (i % 2 == 0 ? one : other).SubmitAsync(id, PageClient.Card())).ToList();
            var cancel = await second.Client.CancelAsync(id);
            var answers = await Task.WhenAll(submissions);

            var status = (await first.Client.GetPaymentAsync(id))["payment_status"];
            var charges = (await StoredRows.OfAsync(connection, "paysgsandbox", "charge")).Count(row => row.PartitionKey == id);
            Assert.Equal(status == "paid" ? 1 : 0, charges);
            Assert.Equal(cancel.Status == HttpStatusCode.OK, status == "cancelled");
            Assert.Equal(charges, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther && answer.Headers["Location"].EndsWith("?step=done", StringComparison.Ordinal)));
        }
    }

    /// <summary>The answer to a new endpoint, asked again as an e-service would while six change one count at once.</summary>
    private async Task<Answer> RegisteredAsync(int i)
    {
        Answer answer;
        do
        {
            answer = await ClientOf(i).PostAsync(ApiClient.EndpointsPath, A.WebhookEndpoint(new Uri($"https://8.8.8.8/hook?{i}")).ToString(), idempotencyKey: $"endpoint-{i}");
        }
        while (answer.Status == HttpStatusCode.ServiceUnavailable);
        return answer;
    }

    private ApiClient ClientOf(int i) => (i % 2 == 0 ? first : second).Client;
}
