using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Events;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Payment links and the attempts on them, straight in storage: for scenarios that do not begin with their creation.</summary>
internal static class StoredLinks
{
    public const string Table = "paysgpaymentlinks";

    private static long last = PaymentLinkId.LowestAt(DateTimeOffset.Parse("2026-01-15T00:00:00Z"));

    /// <summary>Puts a link, of the demo account or another, into storage, under an id and a <c>reff_no</c> of its own.</summary>
    public static Task<PaymentLink> AddLinkAsync(this PaySgApp app, PaymentLinkFixture? fixture = null, string accountId = SingapayClient.AccountId) =>
        AddLinkAsync(app.Connection, fixture, accountId);

    public static async Task<PaymentLink> AddLinkAsync(string connection, PaymentLinkFixture? fixture = null, string accountId = SingapayClient.AccountId)
    {
        var id = Interlocked.Increment(ref last);
        var link = (fixture ?? A.PaymentLink()).WithDetails(details => details with { ReffNo = $"PL-{id}" }).Build(id, accountId);
        var table = new TableServiceClient(connection).GetTableClient(Table);
        await table.AddEntityAsync(PaymentLinkRows.WriteClaim(link.ReffNo, link.AccountId, link.Id));
        await table.AddEntityAsync(PaymentLinkRows.Write(link));
        await table.AddEntityAsync(PaymentLinkRows.WriteName(link));
        return link;
    }

    /// <summary>The link as it is now.</summary>
    public static Task<PaymentLink> LinkAsync(this PaySgApp app, PaymentLink link) => LinkAsync(app.Connection, link);

    public static async Task<PaymentLink> LinkAsync(string connection, PaymentLink link) => PaymentLinkRows.Read(
        (await new TableServiceClient(connection).GetTableClient(Table).GetEntityAsync<TableEntity>(link.AccountId, PaymentLinkRows.Key(link.Id))).Value);

    /// <summary>The link after a change of its owner's that passes no rule.</summary>
    public static async Task<PaymentLink> ChangeLinkAsync(this PaySgApp app, PaymentLink link, Func<PaymentLink, PaymentLink> change)
    {
        var changed = change(await app.LinkAsync(link));
        await new TableServiceClient(app.Connection).GetTableClient(Table).UpdateEntityAsync(PaymentLinkRows.Write(changed), Azure.ETag.All, TableUpdateMode.Replace);
        return changed;
    }

    /// <summary>The attempts on a link, newest first.</summary>
    public static Task<IReadOnlyList<LinkAttempt>> AttemptsAsync(this PaySgApp app, PaymentLink link) => AttemptsAsync(app.Connection, link);

    public static async Task<IReadOnlyList<LinkAttempt>> AttemptsAsync(string connection, PaymentLink link) =>
        [.. (await StoredRows.OfAsync(connection, Table, LinkAttemptRows.Prefix)).Select(LinkAttemptRows.Read).Where(attempt => attempt.PaymentLinkId == link.Id)];

    /// <summary>Puts attempts into storage, a hundred at a time.</summary>
    public static async Task AddAttemptsAsync(string connection, IEnumerable<LinkAttempt> attempts)
    {
        var table = new TableServiceClient(connection).GetTableClient(Table);
        foreach (var some in attempts.Chunk(100))
            await table.SubmitTransactionAsync(some.Select(attempt => new TableTransactionAction(TableTransactionActionType.Add, LinkAttemptRows.Write(attempt))));
    }

    /// <summary>The events of the account, newest first.</summary>
    public static async Task<IReadOnlyList<WebhookEvent>> EventsAsync(string connection) =>
        [.. (await StoredRows.OfAsync(connection, Table, EventRows.Prefix)).Select(EventRows.Read)];

    /// <summary>Sets the demo account's status.</summary>
    public static async Task SetAccountStatusAsync(this PaySgApp app, AccountStatus status)
    {
        var accounts = app.Services.GetRequiredService<AccountStore>();
        var account = await accounts.FindAsync(SingapayClient.AccountId, CancellationToken.None);
        await accounts.SaveAsync(account! with { Status = status }, CancellationToken.None);
    }

    /// <summary>A payer's attempt by the sandbox route.</summary>
    public static Task<Answer> AttemptAsync(
        this ApiClient api, PaymentLink link, string outcome = "succeeded", string method = "QRIS", string? customer = null, string? idempotencyKey = null) =>
        api.PostAsync(
            $"/sandbox/payment-links/{link.ReffNo}/attempts",
            $$"""{"payment_method":"{{method}}","outcome":"{{outcome}}"{{(customer is null ? "" : $",\"customer\":{customer}")}}}""",
            apiKey: null,
            idempotencyKey);
}
