using System.Globalization;
using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_payments_are_searched : IAsyncLifetime
{
    private PaySgApp app = null!;
    private string unpaid = null!;
    private string paid = null!;
    private string cancelled = null!;
    private string partly = null!;
    private string whole = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        unpaid = await CreatedAsync("INV-1", "Tan Ah Kow", "kow@example.com");
        cancelled = await CreatedAsync("INV-2", "Siti binte Ahmad", "siti@example.com");
        partly = await PaidAsync("INV-3", "Kumar");
        whole = await PaidAsync("INV-4", "Lim Mei Ling");
        paid = await PaidAsync("INV-1", "TAN BOON HUAT");
        (await app.Client.CancelAsync(cancelled)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(partly, 100)).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(whole, 1130)).Expect(HttpStatusCode.OK);
        app.HttpTraffic.Forget();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_find_by_reference_and_status_in_one_round_trip_that_reads_what_is_shown()
    {
        await FindsAsync("reference_id=INV-1", unpaid, paid);
        await FindsAsync("reference_id=INV-9");
        await FindsAsync("reference_id=inv-1");
        await FindsAsync("payment_status=unpaid", unpaid);
        await FindsAsync("payment_status=cancelled", cancelled);
        await FindsAsync("refund_status=partially_refunded", partly);
        await FindsAsync("refund_status=fully_refunded&payment_status=paid", whole);
        await FindsAsync("Reference_Id=INV-3", partly);
    }

    [Fact]
    public async Task Should_list_paid_payments_the_last_one_paid_first_whatever_was_refunded()
    {
        var early = await CreatedAsync("INV-7", "Early");
        var late = await PaidAsync("INV-8", "Late");
        (await app.Client.PayAsync(early)).Expect(HttpStatusCode.OK);
        app.HttpTraffic.Forget();

        var found = await ListAsync("payment_status=paid");

        Assert.Equal([early, late, paid, whole, partly], found.Ids);
        Assert.Equal(5, app.HttpTraffic.RowsReturned);
    }

    [Fact]
    public async Task Should_find_by_time_of_creation_and_of_payment()
    {
        var times = new Dictionary<string, (string Created, string? Paid)>(StringComparer.Ordinal);
        foreach (var id in (string[])[unpaid, cancelled, partly, whole, paid])
        {
            var payment = await app.Client.GetPaymentAsync(id);
            times[id] = (payment["created_at"]!, payment["payment_succeeded_timestamp"]);
        }

        string Created(string id) => Uri.EscapeDataString(times[id].Created);
        string Paid(string id) => Uri.EscapeDataString(times[id].Paid!);
        app.HttpTraffic.Forget();
        await FindsAsync($"created_from={Created(partly)}", paid, whole, partly);
        await FindsAsync($"created_from={Created(cancelled)}&created_to={Created(whole)}", partly, cancelled);
        await FindsAsync($"paid_from={Paid(whole)}", paid, whole);
        await FindsAsync($"paid_from={Paid(partly)}&paid_to={Paid(paid)}&payment_status=paid", whole, partly);
        await FindsAsync($"payment_status=unpaid&created_to={Created(unpaid)}");
        await FindsAsync($"reference_id=INV-1&created_from={Created(partly)}", paid);

        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var yesterday = today.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(5, (await ListAsync($"created_from={yesterday}&created_to={day}")).Ids.Count);
        Assert.Equal(3, (await ListAsync($"paid_from={yesterday}&paid_to={day}")).Ids.Count);
        Assert.Empty((await ListAsync($"created_from={yesterday}&created_to={Uri.EscapeDataString($"{yesterday}T00:00:01+08:00")}")).Ids);
        Assert.Empty((await ListAsync("created_from=2200-01-01")).Ids);
    }

    [Fact]
    public async Task Should_look_at_each_payment_for_a_payer_an_amount_and_two_things_at_once()
    {
        Assert.Equal([paid, unpaid], (await ListAsync("payer=tan")).Ids);
        Assert.Equal([cancelled], (await ListAsync("payer=SITI%40")).Ids);
        Assert.Equal([paid], (await ListAsync("payer=Tan&payment_status=paid")).Ids);
        Assert.Equal([paid], (await ListAsync("reference_id=INV-1&payment_status=paid")).Ids);
        Assert.Equal([paid], (await ListAsync("payment_status=paid&refund_status=not_refunded")).Ids);
        Assert.Equal([paid, cancelled, unpaid], (await ListAsync("refund_status=not_refunded")).Ids);
        Assert.Equal(5, (await ListAsync("amount_in_cents=1130")).Ids.Count);
        Assert.Empty((await ListAsync("amount_in_cents=1131")).Ids);
        Assert.Equal([whole], (await ListAsync("refund_status=fully_refunded&payer=lim&paid_from=2020-01-01")).Ids);
    }

    [Fact]
    public async Task Should_show_what_a_payment_is_now_and_not_what_it_was()
    {
        (await app.Client.RefundAsync(partly, 1030)).Expect(HttpStatusCode.OK);

        foreach (var query in (string[])["reference_id=INV-3", "refund_status=fully_refunded&payer=Kumar", "payment_status=paid&payer=Kumar"])
        {
            var found = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.OK);
            Assert.Equal((await app.Client.GetPaymentAsync(partly)).Body, Assert.Single(found.Json.GetProperty("data").EnumerateArray()).GetRawText());
        }

        Assert.Empty((await ListAsync("refund_status=partially_refunded")).Ids);
    }

    [Fact]
    public async Task Should_go_on_behind_a_page_and_know_where_the_list_ends()
    {
        var first = await ListAsync("payment_status=paid&limit=2");
        Assert.Equal([paid, whole], first.Ids);
        Assert.True(first.HasNext);
        app.HttpTraffic.Forget();

        var second = await ListAsync($"payment_status=paid&limit=2&after={first.End}");

        Assert.Equal([partly], second.Ids);
        Assert.False(second.HasNext);
        Assert.True(second.HasPrevious);
        Assert.Single(app.HttpTraffic.TableRequests);
        Assert.Null((await ListAsync($"payment_status=paid&after={second.End}")).End);
    }

    [Theory]
    [InlineData("payment_status=lost", "payment_status")]
    [InlineData("payment_status=", "payment_status")]
    [InlineData("payment_status=paid&payment_status=unpaid", "payment_status")]
    [InlineData("refund_status=pending", "refund_status")]
    [InlineData("reference_id=", "reference_id")]
    [InlineData("payer=", "payer")]
    [InlineData("amount_in_cents=11.30", "amount_in_cents")]
    [InlineData("amount_in_cents=-1", "amount_in_cents")]
    [InlineData("created_from=31-FEB-2026", "created_from")]
    [InlineData("created_from=2026-02-31", "created_from")]
    [InlineData("created_to=yesterday", "created_to")]
    [InlineData("paid_from=1768440600", "paid_from")]
    [InlineData("paid_to=9999-12-31", "paid_to")]
    [InlineData("created_from=2026-02-01&created_to=2026-01-31", "created_to")]
    [InlineData("paid_from=2026-02-01T00:00:00Z&paid_to=2026-02-01T00:00:00Z", "paid_to")]
    [InlineData("created_from=2025-01-01&created_to=2026-01-03", "created_to")]
    [InlineData("created_from=2026-02-01&paid_to=2026-01-31", "paid_to")]
    [InlineData("payment_status=unpaid&refund_status=fully_refunded", "refund_status")]
    [InlineData("payment_status=cancelled&paid_from=2026-01-31", "paid_from")]
    [InlineData("payment_status=unpaid&paid_to=2026-01-31", "paid_to")]
    [InlineData("payment_status=paid&before=cGF5bWVudDo", "before")]
    [InlineData("payment_status=paid&after=nonsense", "after")]
    [InlineData("payment_status=paid&after=", "after")]
    public async Task Should_refuse_what_is_no_filter_and_what_contradicts_itself(string query, string field)
    {
        var refused = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_parameters", refused.ErrorCode);
        Assert.Equal([field], refused.ErrorFields);
        Assert.DoesNotContain(app.HttpTraffic.Requests, request => request.Filter is not null);
    }

    [Fact]
    public async Task Should_refuse_the_cursor_of_another_filter()
    {
        var all = await ListAsync("limit=1");
        var some = await ListAsync("payment_status=paid&limit=1");

        foreach (var query in (string[])[$"after={some.End}", $"before={some.End}", $"payment_status=paid&after={all.End}", $"payment_status=unpaid&after={some.End}", $"payment_status=paid&payer=tan&after={some.End}"])
        {
            var refused = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.BadRequest);
            Assert.Contains("a cursor of a list with other filters", refused.Body, StringComparison.Ordinal);
        }
    }

    private async Task<string> CreatedAsync(string reference, string payer, string? email = null) =>
        await app.Client.CreatedPaymentAsync(A.Payment().With("reference_id", reference).With("payer_name", payer).With("payer_email", email).Of(1130));

    private async Task<string> PaidAsync(string reference, string payer)
    {
        var id = await CreatedAsync(reference, payer);
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        return id;
    }

    private async Task FindsAsync(string query, params string[] ids)
    {
        app.HttpTraffic.Forget();
        var found = await ListAsync(query);
        Assert.Equal(ids.OrderByDescending(id => id, StringComparer.Ordinal), found.Ids.OrderByDescending(id => id, StringComparer.Ordinal));
        Assert.Single(app.HttpTraffic.TableRequests);
        Assert.Equal(ids.Length, app.HttpTraffic.RowsReturned);
    }

    private async Task<Page> ListAsync(string query)
    {
        var json = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.OK).Json;
        var info = json.GetProperty("page_info");
        return new Page(
            [.. json.GetProperty("data").EnumerateArray().Select(payment => payment.GetProperty("id").GetString()!)],
            info.GetProperty("has_next_page").GetBoolean(),
            info.GetProperty("has_previous_page").GetBoolean(),
            info.GetProperty("end_cursor").GetString());
    }

    private sealed record Page(IReadOnlyList<string> Ids, bool HasNext, bool HasPrevious, string? End);
}
