using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Dashboard;
using PaySg.Functions.Dashboard.Reports;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Payments.Refunds;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard.Reports;

[Trait("Category", "Rules")]
public sealed class WriteReportTests : IAsyncLifetime
{
    private const int MinutesOfDay = 24 * 60;
    private static readonly DateTimeOffset Paid = new(2026, 1, 20, 9, 30, 0, TimeSpan.FromHours(8));
    private PaySgParts parts = null!;

    public async Task InitializeAsync() => parts = await PaySgParts.InMemoryAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_file_reads_the_rows_of_its_days_a_thousand_by_one_request_and_no_others()
    {
        var reports = await ReportFixture.InAsync(parts);
        await reports.PaidAsync(4 * MinutesOfDay);
        parts.Traffic.Forget();
        using var file = new MemoryStream();

        await reports.SaveAsync("payments.csv", "2026-01-02", "2026-01-03", file);

        Assert.Equal(2 * MinutesOfDay, parts.Traffic.RowsReturned);
        Assert.Equal(3, parts.Traffic.TableRequests.Count);
        Assert.Equal(new byte[] { 0xEF, 0xBB, 0xBF }, file.ToArray()[..3]);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.Equal((2 * MinutesOfDay) + 2, lines.Length);
        Assert.Contains(",INV-4319,Payer 4319,payer4319@example.com,Licence fee of the year 2026,1130,11.30,0,0.00,card,not_refunded,2026-01-03 23:59:00,2026-01-03 23:59:00,,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",INV-1440,", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_adds_up_twenty_thousand_payments_at_most_and_says_where_it_stopped()
    {
        var reports = await ReportFixture.InAsync(parts);
        await reports.PaidAsync(ShowReports.MostAddedUp + 100);
        parts.Traffic.Forget();

        var all = PageText.Of(Encoding.UTF8.GetString((await reports.ShowAsync("2026-01-01", "2026-12-31")).Body.Span));

        Assert.InRange(parts.Traffic.TableRequests.Count, 21, 21);
        Assert.Contains("20,000 payments Paid S$226,000.00 Refunded since S$0.00", all, StringComparison.Ordinal);
        Assert.Contains("The newest 20,000 payments are added up, back to 1 Jan 2026, 01:39", all, StringComparison.Ordinal);
        var two = Encoding.UTF8.GetString((await reports.ShowAsync("2026-01-02", "2026-01-03")).Body.Span);
        Assert.Contains("2 Jan 2026 1,440 payments S$16,272.00 3 Jan 2026 1,440 payments S$16,272.00 By method", PageText.Of(two), StringComparison.Ordinal);
        Assert.Contains("Card 2,880 payments S$32,544.00", PageText.Of(two), StringComparison.Ordinal);
        Assert.Equal(2, two.Split("<rect ").Length - 1);
        Assert.Contains("viewBox=\"0 0 20 120\"", two, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_becomes_a_formula_and_numbers_stay_numbers()
    {
        var lines = await LinesAsync(new PaymentsReport(), PaymentOf("=1+1", "+65 1234", "-x", "@SUM(A1)", "\t=1", "\r=1"));
        Assert.EndsWith(",'=1+1,'+65 1234,'-x,'@SUM(A1),1130,11.30,0,0.00,,not_refunded,2026-01-20 09:30:00,2026-01-20 09:30:00,,\"{\"\"\\t=1\"\":\"\"\\r=1\"\"}\",,,,,,,,,\r\n", Unquoted(lines), StringComparison.Ordinal);

        var supplier = new Supplier { Name = "=1+1", Address = "@Road", Support = [], GstRegistrationNumber = "-M90", GstRateBasisPoints = 850 };
        var receipt = await LinesAsync(new PaymentsReport(), PaymentOf("INV-1", "Tan", "x", "Fee") with { Supplier = supplier, PaidCard = new ChargedCard("visa", "0002") });
        Assert.EndsWith(",,,simplified_tax_invoice,'=1+1,'@Road,'-M90,8.5,89,0.89,visa,0002\r\n", Unquoted(receipt), StringComparison.Ordinal);

        var net = await LinesAsync(new PayoutsReport(), PaymentOf("\t=1", "Tan", "\r=1", "Fee") with { PayoutId = "po_1", PaidOutAt = Paid.AddDays(2), FeeInCents = 1160 });
        Assert.Contains("po_1,2026-01-22 09:30:00,", net, StringComparison.Ordinal);
        Assert.Contains("\"'\t=1\"", net, StringComparison.Ordinal);
        Assert.EndsWith(",1130,11.30,1160,11.60,-30,-0.30\r\n", net, StringComparison.Ordinal);
        Assert.Equal("", await LinesAsync(new PayoutsReport(), PaymentOf("INV-1", "Tan", "x", "Fee")));
    }

    [Fact]
    public async Task A_refund_is_of_the_period_in_which_it_was_asked_for()
    {
        var payment = PaymentOf("INV-1", "Tan", "x", "Fee") with
        {
            Refunds =
            [
                new Refund { Id = "re_1", AmountInCents = 100, Status = RefundStatus.Succeeded, CreatedAt = Paid.AddDays(1), UpdatedAt = Paid.AddDays(1) },
                new Refund { Id = "re_2", AmountInCents = 130, Status = RefundStatus.Failed, FailureReason = "declined", CreatedAt = Paid.AddDays(40), UpdatedAt = Paid.AddDays(41) },
            ],
        };
        var report = new RefundsReport();
        var february = Period("2026-02-01", "2026-03-01");

        Assert.StartsWith("re_1,", await LinesAsync(report, payment), StringComparison.Ordinal);
        Assert.Matches("^re_2,[^,]+,INV-1,130,1.30,failed,declined,2026-03-01 09:30:00,2026-03-02 09:30:00,2026-01-20 09:30:00,,,,\r\n$", await LinesAsync(report, payment, february));
        Assert.Equal(february.From.AddDays(-90), report.PaidFrom(february));
        Assert.Equal(february.From, new PaymentsReport().PaidFrom(february));
    }

    [Theory]
    [InlineData("2026-02-31", "2026-03-01", "from")]
    [InlineData("31-FEB-2026", "2026-03-01", "from")]
    [InlineData("2026-03-01", "", "to")]
    [InlineData("2026-03-02", "2026-03-01", "to")]
    [InlineData("2025-01-01", "2026-01-02", "to")]
    [InlineData("0001-01-01", "0001-01-02", "from")]
    public void A_day_that_is_none_and_a_period_over_a_year_are_mistakes(string from, string to, string field) => Assert.Equal(field, Period(from, to).Errors[0].Field);

    [Fact]
    public void Without_days_it_is_the_month_that_is_running_in_Singapore()
    {
        var period = new ReportPeriod(new QueryCollection(), new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero));

        Assert.Equal(("2026-02-01", "2026-02-01"), (period.FromText, period.ToText));
        Assert.True(period.Holds(period.From));
        Assert.False(period.Holds(period.To));
        Assert.Equal(TimeSpan.FromDays(366), Period("2024-01-01", "2024-12-31").To - Period("2024-01-01", "2024-12-31").From);
    }

    private static ReportPeriod Period(string from, string to) => new(
        new QueryCollection(new Dictionary<string, StringValues> { ["from"] = from, ["to"] = to }), Paid);

    private static async Task<string> LinesAsync(Report report, Payment payment, ReportPeriod? period = null)
    {
        using var stream = new MemoryStream();
        await using (var csv = CsvFile.To(stream))
            await report.WriteAsync(csv, payment, period ?? Period("2026-01-01", "2026-01-31"), CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF');
    }

    /// <summary>Without the quotation marks around what was guarded.</summary>
    private static string Unquoted(string lines) => Regex.Replace(lines, "\"(?<text>'[^\"\t\r]*)\"", "${text}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static Payment PaymentOf(string reference, string name, string email, string description, string key = "", string value = "")
    {
        var details = new PaymentDetails
        {
            ReferenceId = reference, PayerName = name, PayerEmail = email, Description = description, AmountInCents = 1130, Metadata = key.Length == 0 ? [] : [new(key, value)],
        };
        return Payment.Create("P707XGH60NX-Xt_qRTuJ2", "payment_service_1", "user_1", details, Paid) with { Status = PaymentStatus.Paid, SucceededAt = Paid };
    }
}
