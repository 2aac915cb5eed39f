using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_an_officer_reads_reports(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly string Reports = $"/dashboard/{ApiClient.ServiceId}/reports";

    [Fact]
    public async Task Should_see_totals_with_a_chart_and_save_files()
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "view");
        var id = await shared.Client.CreatedPaymentAsync(A.Payment().Of(1130).With("reference_id", "=HYPERLINK(\"http://x\")").With("payer_name", "陈大文"));
        using var pages = new PageClient(shared.App.BaseAddress);
        (await pages.SubmitAsync(id, PageClient.Card())).Expect(HttpStatusCode.SeeOther);
        (await shared.Client.RefundAsync(id, 130)).Expect(HttpStatusCode.OK);
        await shared.Client.CreatedPaymentAsync();

        var page = await officer.OpenAsync(Reports);
        Assert.Contains("1 payment Paid S$11.30 Refunded since S$1.30", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("By method", page, StringComparison.Ordinal);
        Assert.Contains("Card 1 payment S$1.30 refunded S$11.30", PageText.Of(page), StringComparison.Ordinal);
        Assert.Contains("<svg class=\"chart\" role=\"img\"", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{Reports}\">Reports</a>", page, StringComparison.Ordinal);

        var links = page.Split("<a href=\"").Select(part => WebUtility.HtmlDecode(part.Split('"')[0])).Where(link => link.Contains(".csv?", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, links.Count);
        var payments = (await officer.GetAsync(links[0])).Expect(HttpStatusCode.OK);
        Assert.Equal("text/csv; charset=utf-8", payments.Headers["Content-Type"]);
        Assert.Matches("^attachment; filename=\"payments-[0-9-]+-to-[0-9-]+.csv\"$", payments.Headers["Content-Disposition"]);
        Assert.Equal("no-store", payments.Headers["Cache-Control"]);
        Assert.Contains($"{id},\"'=HYPERLINK(\"\"http://x\"\")\",陈大文,", payments.Body, StringComparison.Ordinal);
        Assert.Contains(",1130,11.30,130,1.30,card,partially_refunded,", payments.Body, StringComparison.Ordinal);
        Assert.Contains($",{id},", (await officer.GetAsync(links[1])).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Single((await officer.GetAsync(links[2])).Expect(HttpStatusCode.OK).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Nothing was paid on these days.", await officer.OpenAsync($"{Reports}?from=2020-01-01&to=2020-12-31"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=31-FEB-2026&to=2026-03-01", "from", "31-FEB-2026")]
    [InlineData("from=2026-03-01&to=2026-02-31", "to", "2026-02-31")]
    [InlineData("from=2024-01-01&to=2026-01-01", "to", "2026-01-01")]
    [InlineData("from=2026-03-01&to=<script>", "to", "&lt;script&gt;")]
    public async Task Should_see_what_was_typed_and_the_mistake_beside_it(string query, string field, string typed)
    {
        using var officer = await OfficerClient.SignedInAsync(shared.App.BaseAddress, "view");
        await officer.OpenAsync(Reports);
        foreach (var path in (string[])[Reports, $"{Reports}/payments.csv"])
        {
            shared.App.HttpTraffic.Forget();
            var again = (await officer.GetAsync($"{path}?{query}")).Expect(HttpStatusCode.BadRequest);
            Assert.Contains($"id=\"{field}-error\"", again.Body, StringComparison.Ordinal);
            Assert.Contains($"value=\"{typed}\"", again.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(shared.App.HttpTraffic.TableRequests, request => request.Filter is not null);
        }

        (await officer.GetAsync($"{Reports}/salaries.csv")).Expect(HttpStatusCode.NotFound);
    }
}
