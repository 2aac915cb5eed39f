using System.Net;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

[Trait("Category", "Weekly")]
public sealed class When_there_are_thousands_of_histories : IAsyncLifetime
{
    private const string Path = $"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}";
    private const int Many = 10_001;
    private static readonly DateTimeOffset First = LinkAttemptFixture.Begun.AddYears(-1);

    private PaySgApp app = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        await StoredLinks.AddAttemptsAsync(app.Connection, Enumerable.Range(0, Many).Select(number => A.LinkAttempt().At(First.AddSeconds(number)).Paid().Build()));
        await app.Singapay.GetAsync($"{Path}/7");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_filter_and_sort_however_many_there_are()
    {
        foreach (var query in new[] { "status=paid", "sort_order=asc", "sort_by=amount" })
        {
            var page = (await app.Singapay.GetAsync($"{Path}?{query}")).Expect(HttpStatusCode.OK);
            Assert.Equal(Many, page.Json.GetProperty("pagination").GetProperty("total").GetInt32());
            Assert.DoesNotContain("paysg-newest-only", page.Headers.Keys);
        }

        var narrower = (await app.Singapay.GetAsync($"{Path}?status=paid&created_at_from={First.AddSeconds(1):yyyy-MM-ddTHH:mm:ss}")).Expect(HttpStatusCode.OK);
        Assert.Equal(10_000, narrower.Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Should_read_a_page_and_what_the_total_needs_and_count_no_key_twice_for_long()
    {
        var (total, rows) = await CountAsync("");
        Assert.Equal((Many, Many), (total, rows));

        // The count was moved on: now a page is a page.
        Assert.Equal((Many, PaymentLinkPageRequest.DefaultPerPage), await CountAsync(""));
        Assert.Equal((Many, 100), await CountAsync("?per_page=100"));

        // A page in the depth skips the keys before it.
        Assert.Equal((Many, 10_000), await CountAsync("?per_page=100&page=100"));

        // A newer one is counted with the keys.
        await StoredLinks.AddAttemptsAsync(app.Connection, [A.LinkAttempt().At(First.AddDays(1)).Build()]);
        Assert.Equal(Many + 1, (await CountAsync("")).Total);
    }

    private async Task<(int Total, int Rows)> CountAsync(string query)
    {
        app.HttpTraffic.Forget();
        var answer = (await app.Singapay.GetAsync(Path + query)).Expect(HttpStatusCode.OK);
        return (answer.Json.GetProperty("pagination").GetProperty("total").GetInt32(), app.HttpTraffic.RowsReturned);
    }
}
