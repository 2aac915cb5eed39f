using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A page costs what it shows, however many payments there are: rows that are read and not shown would be scanned in Azure, too.</summary>
public sealed class When_there_are_thousands_of_payments : IAsyncLifetime
{
    private const int Count = 1500;
    private const int Limit = 100;

    // Four rows of a payment: twenty-five payments fill a transaction.
    private const int InOneTransaction = 25;
    private readonly List<string> newestFirst = [];
    private PaySgApp app = null!;

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync();
        var ids = app.Services.GetRequiredService<IdGenerator>();
        var table = app.Services.GetRequiredService<PaySgTables>().Payments;
        var details = new PaymentDetails { ReferenceId = "INV-1", PayerName = "Tan Ah Kow", Description = "Fee", AmountInCents = 1130 };
        var start = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
        var payments = Enumerable.Range(0, Count)
            .Select(number => start.AddSeconds(number))
            .Select(at => Payment.Create(PaymentId.New("demo", at, ids.Random), ApiClient.ServiceId, "user_1", details, at))
            .ToList();
        foreach (var some in payments.Chunk(InOneTransaction).Chunk(4))
        {
            await Task.WhenAll(some.Select(group => table.SubmitAsync(
                group.Aggregate(new EntityGroup(ids.NewWriteId()), (rows, payment) => rows.InsertPayment(payment)),
                CancellationToken.None)));
        }

        newestFirst.AddRange(payments.Select(payment => payment.Id).Reverse());
        (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?limit=1")).Expect(HttpStatusCode.OK);
        app.HttpTraffic.Forget();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_read_a_page_and_one_row_more_wherever_the_page_is()
    {
        // The first page, one from the middle, the last one; then back: the index says where the page begins.
        await PageAsync("", from: 0, Limit, rows: Limit + 1);
        await PageAsync($"&after={CursorAt(749)}", from: 750, Limit, rows: Limit + 1);
        await PageAsync($"&after={CursorAt(1399)}", from: 1400, Limit, rows: Limit);
        await PageAsync($"&before={CursorAt(750)}", from: 650, Limit, rows: Limit + 1 + Limit);
        await PageAsync($"&before={CursorAt(1499)}", from: 1399, Limit, rows: Limit + 1 + Limit);
        await PageAsync($"&before={CursorAt(50)}", from: 0, 50, rows: 50 + 50);
    }

    private string CursorAt(int place) => PaymentCursor.Of(newestFirst[place]);

    private async Task PageAsync(string cursor, int from, int count, int rows)
    {
        app.HttpTraffic.Forget();

        var answer = (await app.Client.GetAsync($"{ApiClient.PaymentsPath}?limit={Limit}{cursor}")).Expect(HttpStatusCode.OK);

        Assert.Equal(newestFirst.Skip(from).Take(count), answer.Json.GetProperty("data").EnumerateArray().Select(payment => payment.GetProperty("id").GetString()!));
        Assert.Equal(rows, app.HttpTraffic.RowsReturned);
        Assert.Equal(cursor.StartsWith("&before", StringComparison.Ordinal) ? 2 : 1, app.HttpTraffic.TableRequests.Count);
    }
}
