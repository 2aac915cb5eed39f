using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_events_are_asked_for : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private WebhookApp app = null!;

    public async Task InitializeAsync() => app = await WebhookApp.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_show_every_event_newest_first_although_nobody_subscribed()
    {
        var id = await app.EventAsync();
        await app.Client.PayAsync(id);
        await app.Client.RefundAsync(id, 100);

        var page = (await app.Client.GetAsync(ApiClient.EventsPath)).Expect(HttpStatusCode.OK).Json;

        var events = page.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(["payment.refunded", "payment.succeeded", "payment.created"], events.Select(each => each.GetProperty("type").GetString()));
        Assert.Equal([3, 2, 1], events.Select(each => each.GetProperty("sequence").GetInt32()));
        Assert.Equal(events[0].GetRawText(), (await app.Client.GetAsync($"{ApiClient.EventsPath}/{events[0].GetProperty("id").GetString()}")).Expect(HttpStatusCode.OK).Body);
        Assert.Equal("event_not_found", (await app.Client.GetAsync(ApiClient.EventsPath + "/evt_01890a5d-ac96-774b-bcce-b302099a8057")).Expect(HttpStatusCode.NotFound).ErrorCode);
        Assert.Equal("event_not_found", (await app.Client.GetAsync(ApiClient.EventsPath + "/evt_1")).Expect(HttpStatusCode.NotFound).ErrorCode);
    }

    [Theory]
    [InlineData("2026-01-15T09:30:05.000%2B08:00")]
    [InlineData("2026-01-15T09:30:05.000+08:00")]
    [InlineData("2026-01-15T01:30:05Z")]
    [InlineData("1768440605000")]
    public async Task Should_go_down_to_a_time_in_one_query_a_page(string since)
    {
        await StoreAsync(12, _ => "payment.created");
        app.App.HttpTraffic.Forget();

        var first = await PageAsync($"?limit=5&since={since}");
        var second = await PageAsync($"?limit=5&since={since}&after={first.End}");

        Assert.Equal([11, 10, 9, 8, 7, 6, 5], first.Numbers.Concat(second.Numbers));
        Assert.Equal((true, false), (first.HasNext, second.HasNext));
        Assert.Equal(2, app.App.HttpTraffic.TableRequests.Count(request => request.Filter is not null));
    }

    [Fact]
    public async Task Should_filter_by_type_and_look_at_a_thousand_rows_at_most()
    {
        await StoreAsync(1205, number => number is 100 or 900 ? "payment.refunded" : "payment.created");

        var first = await PageAsync("?type=payment.refunded&limit=5");
        var second = await PageAsync($"?type=payment.refunded&limit=5&after={first.End}");
        var none = await PageAsync("?type=webhook.test&limit=5");

        Assert.Equal([900], first.Numbers);
        Assert.Equal([100], second.Numbers);
        Assert.Equal((true, false), (first.HasNext, second.HasNext));
        Assert.Equal((0, true), (none.Numbers.Count, none.HasNext));
        Assert.NotNull(none.End);
    }

    [Theory]
    [InlineData("type=payment.lost", "type")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=2026-01-15", "since")]
    [InlineData("since=2026-01-15T09:30:00", "since")]
    [InlineData("since=-1", "since")]
    [InlineData("since=99999999999999999", "since")]
    [InlineData("limit=0", "limit")]
    [InlineData("after=bm9uZQ", "after")]
    public async Task Should_refuse_a_question_that_makes_no_sense(string query, string field) =>
        Assert.Equal([field], (await app.Client.GetAsync($"{ApiClient.EventsPath}?{query}")).Expect(HttpStatusCode.BadRequest).ErrorFields);

    /// <summary>Stores events, one a second; each has its number as its sequence.</summary>
    private async Task StoreAsync(int count, Func<int, string> type)
    {
        var rows = Enumerable.Range(0, count).Select(number =>
        {
            var at = Start.AddSeconds(number);
            var milliseconds = at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
            return EventRows.Write(WebhookEvent.Print(
                $"evt_{milliseconds[..8]}-{milliseconds[8..]}-7000-8000-{number:x12}", type(number), ApiClient.ServiceId, at, number, WriteObject));
        });
        foreach (var batch in rows.Chunk(100))
            await app.Tables.Payments.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
    }

    private static void WriteObject(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "webhook_test");
        json.WriteString("webhook_endpoint_id", "we_01234567-89ab-7def-8123-456789abcdef");
        json.WriteString("message", "A test.");
        json.WriteEndObject();
    }

    private async Task<Page> PageAsync(string query)
    {
        var json = (await app.Client.GetAsync(ApiClient.EventsPath + query)).Expect(HttpStatusCode.OK).Json;
        var info = json.GetProperty("page_info");
        return new Page(
            [.. json.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("sequence").GetInt32())],
            info.GetProperty("has_next_page").GetBoolean(),
            info.GetProperty("end_cursor").GetString());
    }

    private sealed record Page(IReadOnlyList<int> Numbers, bool HasNext, string? End);
}
