using System.Globalization;
using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_histories_are_listed(HistoriesApp shared) : IClassFixture<HistoriesApp>
{
    private const string Path = $"/api/v1.0/payment-link-histories/{SingapayClient.AccountId}";

    [Fact]
    public async Task Should_show_the_newest_first_in_pages()
    {
        var first = (await shared.App.Singapay.GetAsync($"{Path}?per_page=3")).Expect(HttpStatusCode.OK);
        var last = (await shared.App.Singapay.GetAsync($"{Path}?per_page=3&page=3")).Expect(HttpStatusCode.OK);
        var beyond = (await shared.App.Singapay.GetAsync($"{Path}?per_page=3&page=4")).Expect(HttpStatusCode.OK);

        Assert.Equal(("gfe", "a", ""), (shared.LettersOf(first), shared.LettersOf(last), shared.LettersOf(beyond)));
        Assert.Equal(["status", "success", "data", "pagination"], first.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            $$$"""{"total":7,"count":3,"perPage":3,"currentPage":1,"totalPages":3,"links":{"next":"{{{Url("?per_page=3&page=2")}}}"}}""",
            JsonSerializer.Serialize(first.Json.GetProperty("pagination")).Replace("\\u0026", "&", StringComparison.Ordinal));
        Assert.Equal(
            """{"total":7,"count":1,"perPage":3,"currentPage":3,"totalPages":3,"links":{}}""", JsonSerializer.Serialize(last.Json.GetProperty("pagination")));
    }

    [Fact]
    public async Task Should_have_twenty_five_on_a_page_where_nothing_is_said()
    {
        var answer = (await shared.App.Singapay.GetAsync(Path)).Expect(HttpStatusCode.OK);

        Assert.Equal(("gfedcba", 25), (shared.LettersOf(answer), answer.Json.GetProperty("pagination").GetProperty("perPage").GetInt32()));
    }

    [Theory]
    [InlineData("status=paid", "fba")]
    [InlineData("status=failed", "c")]
    [InlineData("status=expired", "ed")]
    [InlineData("status=pending", "g")]
    [InlineData("payment_method_name=va", "dcb")]
    [InlineData("payment_method_name=VA%20BRI", "db")]
    [InlineData("payment_method_value=55888", "db")]
    [InlineData("payment_method_value=6727387", "cb")]
    [InlineData("amount=30000", "eb")]
    [InlineData("amount=30000.00", "eb")]
    [InlineData("amount_min=40000", "gdc")]
    [InlineData("amount_max=30000.0", "feba")]
    [InlineData("amount_min=30000&amount_max=40000", "ecb")]
    [InlineData("has_settle=true", "fba")]
    [InlineData("has_settle=0", "gedc")]
    [InlineData("created_at_from=2026-01-18T09:30:00%2B07:00&created_at_to=2026-01-20T09:30:00%2B07:00", "fed")]
    [InlineData("created_at_from=2026-01-18T09:30:00+07:00&created_at_to=2026-01-20T02:30:00Z", "fed")]
    [InlineData("created_at_from=2026-01-18T09:30:01%2B07:00&created_at_to=2026-01-20T09:29:59%2B07:00", "e")]
    [InlineData("created_at_from=2026-01-18&created_at_to=2026-01-18", "d")]
    [InlineData("created_at_to=2026-01-16 23:59", "ba")]
    [InlineData("created_at_from=2052-01-01", "")]
    [InlineData("created_at_from=1999-01-01&created_at_to=1999-12-31", "")]
    [InlineData("created_at_from=1999-01-01", "gfedcba")]
    [InlineData("payment_date_from=2026-01-16T09:31:00%2B07:00", "fba")]
    [InlineData("payment_date_from=2026-01-20", "fa")]
    [InlineData("payment_date_to=2026-01-16", "b")]
    [InlineData("processed_timestamp_from=2026-01-20T09:30:30%2B07:00&processed_timestamp_to=2026-01-20T09:30:30%2B07:00", "f")]
    [InlineData("settle_at_from=2026-01-20T09:30:00%2B07:00&settle_at_to=2026-01-20T09:30:00%2B07:00", "a")]
    [InlineData("status=paid&amount=20000&payment_method_name=alfamart", "f")]
    [InlineData("status=paid&amount=99", "")]
    [InlineData("status=&amount=&has_settle=&created_at_from=&reff_no=&unknown=7", "gfedcba")]
    [InlineData("sort_by=id&sort_order=asc", "abcdefg")]
    [InlineData("sort_by=id", "gfedcba")]
    [InlineData("sort_by=created_at&sort_order=asc", "abcdefg")]
    [InlineData("sort_by=created_at&sort_order=desc", "gfedcba")]
    [InlineData("sort_by=amount", "gdcebfa")]
    [InlineData("sort_by=amount&sort_order=asc", "afbecdg")]
    [InlineData("sort_by=payment_date", "fabgedc")]
    [InlineData("sort_by=payment_date&sort_order=asc", "cdegbaf")]
    [InlineData("status=paid&sort_by=amount&sort_order=asc", "afb")]
    public async Task Should_show_what_is_asked_for(string query, string expected)
    {
        var answer = (await shared.App.Singapay.GetAsync($"{Path}?{query}")).Expect(HttpStatusCode.OK);

        Assert.Equal((expected, expected.Length), (shared.LettersOf(answer), answer.Json.GetProperty("pagination").GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task Should_find_a_part_of_the_reference()
    {
        var reffNo = shared.Attempts['c'].ReffNo;

        Assert.Equal("c", shared.LettersOf((await shared.App.Singapay.GetAsync($"{Path}?reff_no={reffNo}")).Expect(HttpStatusCode.OK)));
        Assert.Equal("c", shared.LettersOf((await shared.App.Singapay.GetAsync($"{Path}?reff_no={reffNo[2..16]}")).Expect(HttpStatusCode.OK)));
        Assert.Equal("", shared.LettersOf((await shared.App.Singapay.GetAsync($"{Path}?reff_no=PL2025")).Expect(HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("status=paid")]
    [InlineData("Page=1&Status=paid&search=x")]
    public async Task Should_page_what_is_filtered_and_keep_the_filters_in_the_link(string filter)
    {
        var first = (await shared.App.Singapay.GetAsync($"{Path}?{filter}&created_at_from=2026-01-15T00:00:00%2B07:00&per_page=2")).Expect(HttpStatusCode.OK);
        var next = first.Json.GetProperty("pagination").GetProperty("links").GetProperty("next").GetString()!;
        var second = (await shared.App.Singapay.GetAsync(new Uri(next).PathAndQuery)).Expect(HttpStatusCode.OK);

        Assert.Equal(("fb", "a"), (shared.LettersOf(first), shared.LettersOf(second)));
        Assert.Equal(3, second.Json.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("status=settled", "status")]
    [InlineData("status=PAID", "status")]
    [InlineData("amount=abc", "amount")]
    [InlineData("amount=10.5", "amount")]
    [InlineData("amount=-1", "amount")]
    [InlineData("amount_min=1e5&amount_max=99999999999999999999", "amount_min", "amount_max")]
    [InlineData("amount_min=40000&amount_max=30000", "amount_max")]
    [InlineData("has_settle=yes", "has_settle")]
    [InlineData("created_at_from=yesterday&created_at_to=2026-13-01", "created_at_from", "created_at_to")]
    [InlineData("created_at_from=2026-01-18&created_at_to=2026-01-17", "created_at_to")]
    [InlineData("payment_date_from=1768444200&processed_timestamp_to=x&settle_at_from=0000-01-01", "payment_date_from", "processed_timestamp_to", "settle_at_from")]
    [InlineData("created_at_to=9999-12-31", "created_at_to")]
    [InlineData("sort_by=status&sort_order=up", "sort_by", "sort_order")]
    [InlineData("status=paid&status=failed", "status")]
    [InlineData("page=0", "page")]
    [InlineData("per_page=101", "per_page")]
    [InlineData("page=x&per_page=0&amount=x", "amount", "page", "per_page")]
    [InlineData("page=101&per_page=100", "page")]
    public async Task Should_name_the_parameters_that_are_wrong(string query, params string[] fields)
    {
        (await shared.App.Singapay.GetAsync($"{Path}?{query}")).ExpectSingapayError(422, "Validation error", fields);
    }

    [Fact]
    public async Task Should_name_a_text_that_is_too_long()
    {
        (await shared.App.Singapay.GetAsync($"{Path}?reff_no={new string('1', 256)}")).ExpectSingapayError(422, "Validation error", "reff_no");
    }

    [Fact]
    public async Task Should_show_one()
    {
        var attempt = shared.Attempts['b'];

        var answer = (await shared.App.Singapay.GetAsync(FormattableString.Invariant($"{Path}/{attempt.Id}"))).Expect(HttpStatusCode.OK);

        Assert.Equal(["status", "success", "data"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((attempt.ReffNo, "paid"), (answer.Json.GetProperty("data").GetProperty("reff_no").GetString(), answer.Json.GetProperty("data").GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("9007199254740992")]
    public async Task Should_not_find_one_that_does_not_exist(string id)
    {
        (await shared.App.Singapay.GetAsync($"{Path}/{id}")).ExpectSingapayError(404, "Payment Link history not found.");
    }

    [Fact]
    public async Task Should_not_show_those_of_another_account()
    {
        const string Other = "/api/v1.0/payment-link-histories/01K7P073Q8RE2A9PQT8Q7MXPN5";

        (await shared.App.Singapay.GetAsync(Other)).ExpectSingapayError(404, "Account not found.");
        (await shared.App.Singapay.GetAsync(FormattableString.Invariant($"{Other}/{shared.Attempts['b'].Id}"))).ExpectSingapayError(404, "Account not found.");
    }

    [Fact]
    public async Task Should_ask_for_a_token()
    {
        (await shared.App.Singapay.SendAsync(HttpMethod.Get, Path, null, null, SingapayClient.PartnerId)).ExpectSingapayError(401);
        (await shared.App.Singapay.SendAsync(HttpMethod.Get, Path + "/7", null, null, SingapayClient.PartnerId)).ExpectSingapayError(401);
    }

    [Fact]
    public async Task Should_read_one_page_where_the_newest_are_asked_for_and_one_row_for_one()
    {
        await shared.App.Singapay.GetAsync(Path);
        shared.App.HttpTraffic.Forget();

        (await shared.App.Singapay.GetAsync(Path)).Expect(HttpStatusCode.OK);
        Assert.Equal((1, 7), (shared.App.HttpTraffic.TableRequests.Count, shared.App.HttpTraffic.RowsReturned));

        // With the total: the count, and the keys that it does not cover.
        shared.App.HttpTraffic.Forget();
        (await shared.App.Singapay.GetAsync($"{Path}?per_page=3")).Expect(HttpStatusCode.OK);
        Assert.Equal((3, 7), (shared.App.HttpTraffic.TableRequests.Count, shared.App.HttpTraffic.RowsReturned));

        shared.App.HttpTraffic.Forget();
        (await shared.App.Singapay.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{Path}/{shared.Attempts['a'].Id}"))).Expect(HttpStatusCode.OK);
        Assert.Single(shared.App.HttpTraffic.TableRequests);
    }

    [Fact]
    public async Task Should_read_no_more_than_the_range_that_is_asked_for()
    {
        await shared.App.Singapay.GetAsync(Path);
        shared.App.HttpTraffic.Forget();

        (await shared.App.Singapay.GetAsync($"{Path}?status=paid&created_at_from=2026-01-16&created_at_to=2026-01-18")).Expect(HttpStatusCode.OK);

        Assert.Equal((1, 3), (shared.App.HttpTraffic.TableRequests.Count, shared.App.HttpTraffic.RowsReturned));
    }

    private string Url(string query) => $"{shared.App.BaseAddress.ToString().TrimEnd('/')}{Path}{query}";
}
