using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Dashboard.Reports;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Search;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard.Reports;

/// <summary>A payment service with payments that were paid, one a minute, and somebody who reads its reports.</summary>
internal sealed class ReportFixture(PaySgParts parts, PaymentService service)
{
    private const int InOneTransaction = 25;
    private const int AtOnce = 4;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    public static async Task<ReportFixture> InAsync(PaySgParts parts) => new(parts, await parts.PaymentServiceAsync());

    /// <summary>Payments of S$11.30, the first one paid at midnight of 1 January 2026 in Singapore.</summary>
    /// <param name="count">How many.</param>
    /// <param name="earlier">How many there are already.</param>
    public Task PaidAsync(int count, int earlier = 0) => Parallel.ForEachAsync(
        Enumerable.Range(earlier, count).Chunk(InOneTransaction),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (numbers, cancelled) =>
        {
            var ids = parts.Get<IdGenerator>();
            var group = numbers.Aggregate(new EntityGroup(ids.NewWriteId()), (rows, number) => rows.InsertPayment(PaymentOf(number, ids)));
            Assert.IsType<WriteResult.Committed>(await parts.Tables.Payments.SubmitAsync(group, cancelled));
        });

    /// <summary>A report as an officer saves it.</summary>
    public async Task SaveAsync(string file, string from, string to, Stream stream)
    {
        var answer = parts.Get<WriteReport>().Run(Call(from, to), Visit(), file);
        Assert.Equal((200, "text/csv; charset=utf-8"), (answer.Status, answer.ContentType));
        await answer.Writer!(stream, CancellationToken.None);
    }

    public Task<ApiAnswer> ShowAsync(string from, string to) => parts.Get<ShowReports>().RunAsync(Call(from, to), Visit());

    /// <summary>The first page of the list of payments.</summary>
    public Task<ApiAnswer> ListAsync() => parts.Get<ShowPaymentList>().RunAsync(new ApiCall(new DefaultHttpContext().Request, "req_1"), Visit());

    private static ApiCall Call(string from, string to)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString($"?from={from}&to={to}");
        return new ApiCall(request, "req_1");
    }

    private Visit Visit() => new(
        new Person("tenant", "1", "Tan", null),
        new Member { Id = "member_1", OwnerId = service.Id, Email = "tan@agency.gov.sg", Permissions = Permission.View, InvitedAt = Start },
        service);

    private Payment PaymentOf(int number, IdGenerator ids)
    {
        var at = Start.AddMinutes(number);
        var details = new PaymentDetails
        {
            ReferenceId = string.Create(CultureInfo.InvariantCulture, $"INV-{number}"),
            PayerName = string.Create(CultureInfo.InvariantCulture, $"Payer {number}"),
            PayerEmail = string.Create(CultureInfo.InvariantCulture, $"payer{number}@example.com"),
            Description = "Licence fee of the year 2026",
            AmountInCents = 1130,
        };
        return Payment.Create(PaymentId.New(service.Code, at, ids.Random), service.Id, "user_1", details, at) with { Status = PaymentStatus.Paid, SucceededAt = at, PaidMethod = "card", IsIndexed = true };
    }
}
