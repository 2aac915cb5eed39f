using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Storage is slow beyond what a caller waits for.</summary>
public sealed class When_a_caller_waits_for_too_long : IAsyncLifetime
{
    private readonly PatienceClock clock = new();
    private PaySgApp app = null!;

    public async Task InitializeAsync() => app = await PaySgApp.StartAsync(
        settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" },
        services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public void Should_be_answered_before_clients_and_azure_give_up()
    {
        Assert.InRange(CallerPatience.Limit, TimeSpan.FromSeconds(21), TimeSpan.FromSeconds(29));
    }

    [Theory]
    [InlineData("pay")]
    [InlineData("refund")]
    [InlineData("cancel")]
    [InlineData("read")]
    public async Task Should_be_told_that_nothing_was_written_and_nothing_is(string call)
    {
        var id = await PaidOrNotAsync(call == "refund");
        var before = await RowsAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Method == "GET" && request.Url.AbsolutePath.Contains("paysgpayments", StringComparison.Ordinal));
        app.HttpTraffic.Forget();

        var answer = await RunOutAsync(held, call switch
        {
            "pay" => app.Client.PayAsync(id),
            "refund" => app.Client.RefundAsync(id, 130, "key"),
            "cancel" => app.Client.CancelAsync(id, "key"),
            _ => app.Client.GetPaymentAsync(id),
        });

        Assert.Equal("storage_unavailable", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("5", answer.Headers["Retry-After"]);
        Assert.Contains("wrote nothing", answer.Body, StringComparison.Ordinal);
        Assert.Single(app.Log.Of(1011));
        held.Release();
        if (call != "read")
            await LocalHost.Eventually.TrueAsync(() => app.Log.Of(1012).Count == 1);
        Assert.DoesNotContain(app.HttpTraffic.Requests, request => request.Method != "GET");
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Should_be_told_that_a_charge_is_not_known_yet_while_it_is_finished()
    {
        var id = await app.Client.CreatedPaymentAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Writes("paysgsandbox"));

        var answer = await RunOutAsync(held, app.Client.PayAsync(id, idempotencyKey: "key"));

        Assert.Equal("charge_in_doubt", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Equal("30", answer.Headers["Retry-After"]);
        Assert.Equal("idempotency_key_in_use", (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.Conflict).ErrorCode);
        held.Release();
        await LocalHost.Eventually.TrueAsync(async () => (await app.Client.GetPaymentAsync(id))["payment_status"] == "paid");
        Assert.Equal("paid", (await app.Client.PayAsync(id, idempotencyKey: "key")).Expect(HttpStatusCode.OK)["payment_status"]);
    }

    [Fact]
    public async Task Should_be_told_that_a_refund_is_not_known_yet_while_it_is_finished()
    {
        var id = await PaidOrNotAsync(isPaid: true);
        var held = HeldRequests.On(app.HttpTraffic, request => request.Writes("paysgsandbox"));

        var answer = await RunOutAsync(held, app.Client.RefundAsync(id, 130, "key"));

        Assert.Equal("refund_in_doubt", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        held.Release();
        await LocalHost.Eventually.TrueAsync(async () => (await app.Client.GetPaymentAsync(id))["refund_status"] == "partially_refunded");
        (await app.Client.RefundAsync(id, 130, "key")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_be_told_to_ask_again_where_a_create_is_on_its_way_and_get_its_answer_by_the_key()
    {
        var held = HeldRequests.On(app.HttpTraffic, request => request.Writes("paysgpayments"));

        var answer = await RunOutAsync(held, app.Client.CreatePaymentAsync(idempotencyKey: "key"));

        Assert.Equal("storage_unavailable", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        Assert.Contains("not known yet", answer.Body, StringComparison.Ordinal);
        Assert.Equal("5", answer.Headers["Retry-After"]);
        held.Release();
        (await app.Client.CreatePaymentAsync(idempotencyKey: "key")).Expect(HttpStatusCode.Created);
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "p:"));
    }

    [Fact]
    public async Task Should_be_answered_in_the_shape_of_the_other_api()
    {
        var link = await app.Singapay.CreatedLinkIdAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Method == "GET" && request.Url.AbsolutePath.Contains(StoredLinks.Table, StringComparison.Ordinal));

        var read = await RunOutAsync(held, app.Singapay.GetLinkAsync(link));
        var changed = await RunOutAsync(held, app.Singapay.DeleteLinkAsync(link));
        held.Release();

        foreach (var answer in (Answer[])[read, changed])
        {
            answer.Expect(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("5", answer.Headers["Retry-After"]);
            Assert.False(answer.Json.GetProperty("success").GetBoolean());
        }
    }

    [Fact]
    public async Task Should_be_told_that_a_charge_on_a_link_is_not_known_yet()
    {
        var link = await app.AddLinkAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Writes("paysgsandbox"));

        var answer = await RunOutAsync(held, app.Client.AttemptAsync(link, idempotencyKey: "key"));

        Assert.Equal("charge_in_doubt", answer.Expect(HttpStatusCode.ServiceUnavailable).ErrorCode);
        held.Release();
        await LocalHost.Eventually.TrueAsync(async () => (await app.LinkAsync(link)).CurrentUsage == 1);
        (await app.Client.AttemptAsync(link, idempotencyKey: "key")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_lead_a_payer_on_to_the_page_that_waits()
    {
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Writes("paysgsandbox"));

        var sent = await RunOutAsync(held, pages.SubmitAsync(id, PageClient.Card()));

        var waiting = (await pages.GetAsync(sent.Expect(HttpStatusCode.SeeOther).Headers["Location"])).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("went wrong", waiting.Body, StringComparison.Ordinal);
        held.Release();
        await LocalHost.Eventually.TrueAsync(async () => (await app.Client.GetPaymentAsync(id))["payment_status"] == "paid");
    }

    [Fact]
    public async Task Should_show_a_payer_an_error_page_where_nothing_was_written()
    {
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();
        var held = HeldRequests.On(app.HttpTraffic, request => request.Method == "GET" && request.Url.AbsolutePath.Contains("paysgpayments", StringComparison.Ordinal));

        var shown = await RunOutAsync(held, pages.GetAsync(PageClient.PathOf(id)));
        held.Release();

        shown.Expect(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("5", shown.Headers["Retry-After"]);
        Assert.StartsWith("text/html", shown.Headers["Content-Type"], StringComparison.Ordinal);
    }

    private async Task<string> PaidOrNotAsync(bool isPaid)
    {
        var id = await app.Client.CreatedPaymentAsync();
        if (isPaid)
            (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    /// <summary>The answer to a call that is held up at storage until its caller has waited for too long.</summary>
    private async Task<Answer> RunOutAsync(HeldRequests held, Task<Answer> call)
    {
        await held.Arrived;
        await LocalHost.Eventually.TrueAsync(() => clock.Waiting > 0);
        clock.RunOut();
        return await call;
    }

    private async Task<IReadOnlyList<string>> RowsAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgpayments", "")).Select(row => $"{row.RowKey} {row.ETag}").Where(row => !row.StartsWith("o:", StringComparison.Ordinal))];
}
