using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_payments_are_listed : IAsyncLifetime
{
    private const int Count = 7;
    private readonly List<string> newestFirst = [];
    private PaySgApp app = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        for (var i = 0; i < Count; i++)
            newestFirst.Add(await app.Client.CreatedPaymentAsync());
        newestFirst.Sort(StringComparer.Ordinal);
        newestFirst.Reverse();
        app.HttpTraffic.Forget();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_show_the_newest_first_in_one_round_trip()
    {
        var page = await ListAsync("?limit=3");

        Assert.Equal(newestFirst.Take(3), page.Ids);
        Assert.True(page.HasNext);
        Assert.False(page.HasPrevious);
        Assert.Single(app.HttpTraffic.Requests);
    }

    [Fact]
    public async Task Should_walk_to_the_oldest_and_back_without_a_gap_while_payments_are_created()
    {
        var seen = new List<string>();
        var page = await ListAsync("?limit=3");
        while (true)
        {
            seen.AddRange(page.Ids);
            if (!page.HasNext)
                break;
            await app.Client.CreatedPaymentAsync();
            page = await ListAsync($"?limit=3&after={page.End}");
            Assert.True(page.HasPrevious);
        }

        Assert.Equal(newestFirst, seen);
        app.HttpTraffic.Forget();
        var back = await ListAsync($"?limit=4&before={page.Start}");
        Assert.Equal(2, app.HttpTraffic.Requests.Count);
        Assert.Equal(newestFirst.Skip(2).Take(4), back.Ids);
        Assert.True(back.HasNext);
        Assert.True(back.HasPrevious);
    }

    [Fact]
    public async Task Should_know_where_the_list_begins_and_ends()
    {
        var whole = await ListAsync("");
        Assert.Equal(newestFirst, whole.Ids);
        Assert.False(whole.HasNext);

        var newer = await ListAsync($"?before={whole.Start}");
        Assert.Empty(newer.Ids);
        Assert.False(newer.HasPrevious);
        Assert.Null(newer.Start);

        var older = await ListAsync($"?after={whole.End}");
        Assert.Empty(older.Ids);
        Assert.False(older.HasNext);
        Assert.Null(older.End);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("after=nonsense", "after")]
    [InlineData("before=%00", "before")]
    [InlineData("after=", "after")]
    [InlineData("after=cGF5bWVudDo", "after")]
    public async Task Should_refuse_a_limit_or_cursor_that_is_none(string query, string field)
    {
        var answer = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?{query}")).Expect(HttpStatusCode.BadRequest);

        Assert.Equal([field], answer.ErrorFields);
        Assert.Empty(app.HttpTraffic.Requests);
    }

    [Fact]
    public async Task Should_refuse_two_cursors_at_once_and_what_is_no_parameter()
    {
        var page = await ListAsync("?limit=1");

        (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?before={page.Start}&after={page.End}")).Expect(HttpStatusCode.BadRequest);
        Assert.Single(page.Ids);
        Assert.Equal(["status", "😀"], (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?limit=1&status=paid&%F0%9F%98%80=1")).Expect(HttpStatusCode.BadRequest).ErrorFields);
    }

    private async Task<Page> ListAsync(string query)
    {
        var json = (await app.Client.GetAsync(ApiClient.PaymentsPath + query)).Expect(HttpStatusCode.OK).Json;
        var info = json.GetProperty("page_info");
        return new Page(
            [.. json.GetProperty("data").EnumerateArray().Select(payment => payment.GetProperty("id").GetString()!)],
            info.GetProperty("has_next_page").GetBoolean(),
            info.GetProperty("has_previous_page").GetBoolean(),
            info.GetProperty("start_cursor").GetString(),
            info.GetProperty("end_cursor").GetString());
    }

    private sealed record Page(IReadOnlyList<string> Ids, bool HasNext, bool HasPrevious, string? Start, string? End);
}
