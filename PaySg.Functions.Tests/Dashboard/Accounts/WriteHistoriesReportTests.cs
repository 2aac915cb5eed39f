using System.Text;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard.Accounts;

[Trait("Category", "Rules")]
public sealed class WriteHistoriesReportTests : IAsyncLifetime
{
    private const int MinutesOfDay = 24 * 60;
    private PaySgParts parts = null!;
    private HistoriesFixture histories = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.InMemoryAsync();
        histories = new HistoriesFixture(parts);
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_file_reads_the_rows_of_its_days_in_Jakarta_a_thousand_by_one_request_and_no_others()
    {
        await histories.BegunAsync(4 * MinutesOfDay);
        parts.Traffic.Forget();
        using var file = new MemoryStream();

        var name = await histories.SaveAsync("2026-01-02", "2026-01-03", file);

        Assert.Equal("attachment; filename=\"histories-2026-01-02-to-2026-01-03.csv\"", name);
        Assert.Equal(2 * MinutesOfDay, parts.Traffic.RowsReturned);
        Assert.Equal(3, parts.Traffic.TableRequests.Count);
        Assert.Equal(new byte[] { 0xEF, 0xBB, 0xBF }, file.ToArray()[..3]);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.Equal((2 * MinutesOfDay) + 2, lines.Length);
        Assert.Contains(",QRIS,20000,paid,,,,,2026-01-03 23:59:00,2026-01-04 00:00:00,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",2026-01-02 00:00:00,2026-01-02 00:01:00,", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_becomes_a_formula_no_number_loses_digits_and_amounts_are_exact()
    {
        var link = A.PaymentLink().WithDetails(details => details with { ReffNo = "-2+3" }).Build() with { TotalAmount = 999_999_999_999, OptionalMetadata = "@SUM(A1)" };
        var attempt = A.LinkAttempt().On(link).From(new LinkCustomer("=1+1", "@tan", "+65 1234")).Failed("declined").Build();
        await histories.AddAsync([attempt]);
        using var file = new MemoryStream();

        await histories.SaveAsync("2026-01-15", "2026-01-15", file);

        var line = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[1].Replace("\"", "", StringComparison.Ordinal);
        Assert.Equal(
            $"{attempt.Id},'{attempt.ReffNo},103,'-2+3,QRIS,999999999999,failed,declined,'=1+1,'@tan,'+65 1234,2026-01-15 09:30:00,,2026-01-16 09:30:00,2026-01-15 09:31:00,'@SUM(A1)", line);
    }
}
