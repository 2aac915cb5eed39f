using System.Text.Json;
using Azure.Data.Tables;
using PaySg.Functions.Events;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Platform.Outbox;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Everything that storage and the gateway hold of payment links at the end, and what must be true of it whatever came before.</summary>
internal sealed class LinkBook
{
    private readonly List<PaymentLink> links;
    private readonly List<LinkAttempt> attempts;
    private readonly ILookup<string, TableEntity> gateway;
    private readonly ILookup<long, JsonElement> events;
    private readonly List<OutboxRow> outbox;

    private LinkBook(IReadOnlyList<TableEntity> rows, IReadOnlyList<TableEntity> gatewayRows)
    {
        IEnumerable<TableEntity> Of(string prefix) => rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal));
        links = [.. Of(PaymentLinkRows.Prefix).Select(PaymentLinkRows.Read)];
        attempts = [.. Of(LinkAttemptRows.Prefix).Select(LinkAttemptRows.Read)];
        outbox = [.. Of(OutboxRow.Prefix).Select(row => OutboxRow.Parse(row.PartitionKey, row.RowKey)!)];
        events = Of(EventRows.Prefix).Select(row => JsonSerializer.Deserialize<JsonElement>(EventRows.Read(row).Body.Span).GetProperty("data")).ToLookup(data => LinkOf(data).GetProperty("id").GetInt64());
        gateway = gatewayRows.ToLookup(row => row.PartitionKey);
    }

    public IReadOnlyList<PaymentLink> Links => links;

    public IReadOnlyList<LinkAttempt> Attempts => attempts;

    public int Refunded => attempts.Count(attempt => attempt.FailureReason == ChargeAttempt.RefundedLate);

    public static async Task<LinkBook> ReadAsync(string connection) => new(
        await StoredRows.OfAsync(connection, StoredLinks.Table, ""), await StoredRows.OfAsync(connection, "paysgsandbox", ""));

    /// <summary>Checks the books against each other.</summary>
    public void Check()
    {
        foreach (var link in links)
        {
            var own = attempts.FindAll(attempt => attempt.PaymentLinkId == link.Id);
            try
            {
                CheckUses(link, own);
            }
            catch (Exception failure)
            {
                throw new XunitException($"{failure.Message}\nlink {link.Id}: {link.CurrentUsage} of {link.MaxUsage}\n{string.Join("\n", own.Select(Describe))}", failure);
            }
        }

        foreach (var attempt in attempts)
        {
            try
            {
                CheckMoney(attempt);
            }
            catch (Exception failure)
            {
                throw new XunitException($"{failure.Message}\n{Describe(attempt)}", failure);
            }
        }

        // Nothing was charged that no attempt knows of, and nothing hangs in the air but what the gateway itself decides later.
        Assert.Subset(attempts.Select(attempt => attempt.ReffNo).ToHashSet(), gateway.Where(rows => IsCharged(rows.Key)).Select(rows => rows.Key).ToHashSet());
        Assert.Equal(
            attempts.Where(attempt => !attempt.IsFinal).Select(attempt => (attempt.Status, attempt.ReffNo)).Order(),
            outbox.Where(row => row.Kind == OutboxKind.LinkCharge).Select(row => (ChargeAttemptStatus.Pending, row.Subject)).Order());
        Assert.DoesNotContain(outbox, row => row.Kind == OutboxKind.LinkLateCharge);
    }

    private void CheckUses(PaymentLink link, List<LinkAttempt> own)
    {
        var paid = own.FindAll(attempt => attempt.Status == ChargeAttemptStatus.Succeeded);
        Assert.Equal(paid.Count, link.CurrentUsage);
        Assert.True(link.MaxUsage == 0 || link.CurrentUsage <= link.MaxUsage);
        Assert.Equal(own.Count > 0, link.HasHistories);

        // Each paid attempt is told once, and each use by one event.
        Assert.Equal(paid.Select(attempt => attempt.ReffNo).Order(), events[link.Id].Select(data => data.GetProperty("transaction").GetProperty("reff_no").GetString()!).Order());
        Assert.Equal(Enumerable.Range(1, paid.Count), events[link.Id].Select(data => LinkOf(data).GetProperty("current_usage").GetInt32()).Order());
    }

    /// <summary>What was charged is a use or went back, and nothing else is a use or went back.</summary>
    private void CheckMoney(LinkAttempt attempt)
    {
        var isBack = attempt.FailureReason == ChargeAttempt.RefundedLate;
        Assert.Equal(IsCharged(attempt.ReffNo), attempt.Status == ChargeAttemptStatus.Succeeded || isBack);
        var refunds = gateway[attempt.ReffNo].Where(row => row.RowKey.StartsWith("refund:", StringComparison.Ordinal)).Select(row => row.GetInt64("amount")!.Value);
        Assert.Equal(isBack ? [attempt.Amount] : [], refunds);
        Assert.All(gateway[attempt.ReffNo].Where(row => row.RowKey == "intent"), row =>
            Assert.Equal((attempt.AccountId, attempt.Amount, "IDR"), (row.GetString("owner_id"), row.GetInt64("amount")!.Value, row.GetString("currency"))));
    }

    private bool IsCharged(string reffNo) => gateway[reffNo].Any(row => row.RowKey == "charge");

    private string Describe(LinkAttempt attempt) =>
        $"attempt {attempt.ReffNo}: {attempt.Status} {attempt.FailureReason}; gateway: {string.Join(", ", gateway[attempt.ReffNo].Select(row => $"{row.RowKey} {row.GetString("state")}"))}";

    private static JsonElement LinkOf(JsonElement data) => data.GetProperty("payment").GetProperty("additional_info").GetProperty("payment_link");
}
