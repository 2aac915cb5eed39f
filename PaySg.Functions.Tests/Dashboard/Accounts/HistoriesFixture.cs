using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Dashboard.Accounts;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Dashboard.Accounts;

/// <summary>The demo account with histories, one a minute, and somebody who saves them.</summary>
internal sealed class HistoriesFixture(PaySgParts parts)
{
    private const int InOneTransaction = 100;
    private const int AtOnce = 4;

    /// <summary>Midnight of 1 January 2026 in Jakarta.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));

    public Task BegunAsync(int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count).Chunk(InOneTransaction),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (numbers, cancelled) => await AddAsync(numbers.Select(number => A.LinkAttempt().At(Start.AddMinutes(number)).Paid().Build()), cancelled));

    public Task AddAsync(IEnumerable<LinkAttempt> attempts, CancellationToken cancellationToken = default) => parts.Tables.PaymentLinks.SubmitTransactionAsync(
        attempts.Select(attempt => new TableTransactionAction(TableTransactionActionType.Add, LinkAttemptRows.Write(attempt))), cancellationToken);

    /// <summary>A file as an officer saves it.</summary>
    public async Task<string> SaveAsync(string from, string to, Stream stream)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString($"?from={from}&to={to}");
        var account = new Account { Id = SingapayClient.AccountId, Name = "Merchant", Email = "merchant@example.com", Phone = "0812", CreatedAt = Start, UpdatedAt = Start };
        var member = new Member { Id = "member_1", OwnerId = account.Id, Email = "tan@agency.gov.sg", Permissions = Permission.View, InvitedAt = Start };
        var answer = parts.Get<WriteHistoriesReport>().Run(new ApiCall(request, "req_1"), new AccountVisit(new Person("tenant", "1", "Tan", null), member, account), "histories.csv");
        Assert.Equal((200, "text/csv; charset=utf-8"), (answer.Status, answer.ContentType));
        await answer.Writer!(stream, CancellationToken.None);
        return answer.Headers["Content-Disposition"];
    }
}
