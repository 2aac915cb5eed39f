using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_payment_links_are_listed(When_payment_links_are_listed.SevenLinks seven) : IClassFixture<When_payment_links_are_listed.SevenLinks>
{
    private const int Count = 7;

    private PaySgApp App => seven.App;

    private SingapayClient Singapay => App.Singapay;

    private IReadOnlyList<long> NewestFirst => seven.NewestFirst;

    [Fact]
    public async Task Should_show_the_newest_first_in_one_round_trip_where_that_is_all()
    {
        App.HttpTraffic.Forget();

        var answer = await Singapay.GetAsync(Singapay.LinksPath());

        Assert.Equal(NewestFirst, answer.Data().EnumerateArray().Select(link => link.Id()));
        Assert.Equal(["status", "success", "data", "pagination"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            """{"total":7,"count":7,"perPage":25,"currentPage":1,"totalPages":1,"links":{}}""", answer.Json.GetProperty("pagination").GetRawText());
        Assert.Single(App.HttpTraffic.Requests, request => !request.Url.AbsolutePath.Contains("/paysgaccess", StringComparison.Ordinal));
        Assert.Equal(Count, App.HttpTraffic.RowsReturned);
    }

    [Fact]
    public async Task Should_show_each_link_as_it_is_shown_alone()
    {
        var listed = (await Singapay.GetAsync(Singapay.LinksPath())).Data().EnumerateArray().First();

        Assert.Equal((await Singapay.GetLinkAsync(listed.Id())).Data().GetRawText(), listed.GetRawText());
    }

    [Theory]
    [InlineData("?per_page=3", 1, 3, 0, 3)]
    [InlineData("?page=2&per_page=3", 2, 3, 3, 3)]
    [InlineData("?page=3&per_page=3", 3, 3, 6, 1)]
    [InlineData("?page=1&per_page=7", 1, 7, 0, 7)]
    [InlineData("?page=2&per_page=7", 2, 7, 7, 0)]
    [InlineData("?page=7&per_page=1", 7, 1, 6, 1)]
    [InlineData("?page=9&per_page=25", 9, 25, 7, 0)]
    [InlineData("?page=1&per_page=100&unknown=x", 1, 100, 0, 7)]
    [InlineData("?page=100&per_page=100", 100, 100, 7, 0)]
    public async Task Should_show_the_page_that_is_asked_for(string query, int page, int perPage, int from, int count)
    {
        var (ids, pagination) = await Singapay.ListLinksAsync(query);

        Assert.Equal(NewestFirst.Skip(from).Take(count), ids);
        Assert.Equal((Count, count, perPage, page), (Number(pagination, "total"), Number(pagination, "count"), Number(pagination, "perPage"), Number(pagination, "currentPage")));
        Assert.Equal((Count + perPage - 1) / perPage, Number(pagination, "totalPages"));
        var hasNext = page * perPage < Count;
        Assert.Equal(hasNext, pagination.GetProperty("links").TryGetProperty("next", out var next));
        if (hasNext)
        {
            var path = new Uri(next.GetString()!).PathAndQuery;
            Assert.Equal($"{Singapay.LinksPath()}?page={page + 1}&per_page={perPage}", path);
            Assert.Equal(NewestFirst.Skip(page * perPage).Take(perPage), (await Singapay.GetAsync(path)).Data().EnumerateArray().Select(link => link.Id()));
        }
    }

    [Fact]
    public async Task Should_show_an_empty_page_of_an_account_without_links()
    {
        using var other = await App.OtherMerchantAsync();

        var (ids, pagination) = await other.ListLinksAsync("?page=3");

        Assert.Empty(ids);
        Assert.Equal("""{"total":0,"count":0,"perPage":25,"currentPage":3,"totalPages":1,"links":{}}""", pagination.GetRawText());
    }

    [Theory]
    [InlineData("?page=0", "page")]
    [InlineData("?page=-1", "page")]
    [InlineData("?page=1.5", "page")]
    [InlineData("?page=", "page")]
    [InlineData("?page=one", "page")]
    [InlineData("?page=99999999999999999999", "page")]
    [InlineData("?page=1&page=2", "page")]
    [InlineData("?per_page=0", "per_page")]
    [InlineData("?per_page=101", "per_page")]
    [InlineData("?per_page=%20", "per_page")]
    [InlineData("?page=401", "page")]
    [InlineData("?page=101&per_page=100", "page")]
    [InlineData("?page=10001&per_page=1", "page")]
    [InlineData("?page=x&per_page=x", "page", "per_page")]
    public async Task Should_refuse_a_page_that_is_none_or_too_deep(string query, params string[] fields)
    {
        await App.RefusedAsync(client => client.GetAsync(client.LinksPath() + query), 422, "Validation error", fields);

        Assert.DoesNotContain(App.HttpTraffic.Requests, request => request.Url.AbsolutePath.Contains("/paysgpaymentlinks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_follow_what_is_created_and_deleted()
    {
        using var other = await App.OtherMerchantAsync();
        var first = await other.CreatedLinkIdAsync();
        var second = await other.CreatedLinkIdAsync();
        Assert.Equal(2, Number((await other.ListLinksAsync("?per_page=1")).Pagination, "total"));
        (await other.DeleteLinkAsync(first)).Data();
        var third = await other.CreatedLinkIdAsync();

        var (ids, pagination) = await other.ListLinksAsync("?per_page=2");

        Assert.Equal(new[] { second, third }.OrderDescending(), ids);
        Assert.Equal((2, 1), (Number(pagination, "total"), Number(pagination, "totalPages")));
        Assert.Equal(2, Number((await other.ListLinksAsync("?per_page=1")).Pagination, "totalPages"));
    }

    private static int Number(JsonElement pagination, string name) => pagination.GetProperty(name).GetInt32();

    /// <summary>A product whose demo account has seven links.</summary>
    public sealed class SevenLinks : IAsyncLifetime
    {
        public PaySgApp App { get; private set; } = null!;

        public IReadOnlyList<long> NewestFirst { get; private set; } = [];

        public async Task InitializeAsync()
        {
            App = await PaySgApp.StartAsync();
            var ids = new List<long>();
            for (var i = 0; i < Count; i++)
                ids.Add(await App.Singapay.CreatedLinkIdAsync());
            NewestFirst = [.. ids.OrderDescending()];
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
