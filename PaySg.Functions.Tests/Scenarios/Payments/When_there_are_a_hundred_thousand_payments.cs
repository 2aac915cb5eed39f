using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A search costs what it shows. Storage is in memory: nobody waits for a hundred thousand creates, and what is counted is the same.</summary>
[Trait("Category", "Weekly")]
public sealed class When_there_are_a_hundred_thousand_payments : IAsyncLifetime
{
    private const int Count = 100_000;
    private const int Limit = 20;
    private const int InOneTransaction = 25;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));
    private PaySgParts parts = null!;

    public async Task InitializeAsync()
    {
        parts = await PaySgParts.InMemoryAsync();
        var ids = parts.Get<IdGenerator>();
        foreach (var numbers in Enumerable.Range(0, Count).Chunk(InOneTransaction))
        {
            var group = numbers.Aggregate(new EntityGroup(ids.NewWriteId()), (rows, number) => rows.InsertPayment(Payment(number, ids)));
            Assert.IsType<WriteResult.Committed>(await parts.Tables.Payments.SubmitAsync(group, CancellationToken.None));
        }
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task Should_read_what_a_page_shows_and_one_row_more()
    {
        // One in ten is unpaid, one in a thousand cancelled, all others are paid, ten minutes after they were created.
        await PageAsync("", Limit, rows: Limit + 1);
        await PageAsync("reference_id=INV-77777", 1, rows: 1);
        await PageAsync("payment_status=unpaid", Limit, rows: Limit + 1);
        await PageAsync("payment_status=cancelled", Limit, rows: Limit + 1);
        await PageAsync("payment_status=paid", Limit, rows: Limit + 1);
        await PageAsync($"paid_from={Ms(5000)}&paid_to={Ms(5010)}", 8, rows: 8);
        await PageAsync($"created_from={Ms(90_000)}&created_to={Ms(99_990)}", Limit, rows: Limit + 1);
        await PageAsync($"payment_status=unpaid&created_to={Ms(50)}", 5, rows: 5);

        var last = await PageAsync($"payment_status=unpaid&created_to={Ms(250)}", Limit, rows: Limit + 1);
        await PageAsync($"payment_status=unpaid&created_to={Ms(250)}&after={last}", 5, rows: 5);

        // Two hundred at once, until it is known that there is more behind the thousandth.
        await PageAsync("payer=Payer+99999", 1, rows: 1200);
    }

    private static string Ms(int minute) => Start.AddMinutes(minute).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static Payment Payment(int number, IdGenerator ids)
    {
        var at = Start.AddMinutes(number);
        var details = new PaymentDetails
        {
            ReferenceId = string.Create(CultureInfo.InvariantCulture, $"INV-{number}"),
            PayerName = string.Create(CultureInfo.InvariantCulture, $"Payer {number}"),
            Description = "Fee",
            AmountInCents = 1130,
        };
        var payment = Functions.Payments.Payment.Create(PaymentId.New("demo", at, ids.Random), ApiClient.ServiceId, "user_1", details, at);
        return number % 1000 == 1 ? payment.Cancel(at.AddMinutes(1)) : number % 10 == 0 ? payment : payment.Pay("att_1", at.AddSeconds(30));
    }

    private async Task<string?> PageAsync(string query, int count, int rows)
    {
        var given = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => new StringValues(Uri.UnescapeDataString(pair[1].Replace('+', ' '))));
        parts.Traffic.Forget();

        var answer = await parts.Get<ListPayments>().RunAsync(new QueryCollection(given), ApiClient.ServiceId, CancellationToken.None);

        var json = JsonSerializer.Deserialize<JsonElement>(answer.Body.Span);
        Assert.Equal(count, json.GetProperty("data").GetArrayLength());
        Assert.Equal(rows, parts.Traffic.RowsReturned);
        Assert.InRange(parts.Traffic.TableRequests.Count, 1, query.StartsWith("payer", StringComparison.Ordinal) ? 6 : 1);
        return json.GetProperty("page_info").GetProperty("end_cursor").GetString();
    }
}
