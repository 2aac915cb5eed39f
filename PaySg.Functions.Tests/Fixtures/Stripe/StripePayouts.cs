using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Payouts and what is in them.</summary>
internal sealed class StripePayouts(StripeStore store)
{
    public JsonObject Retrieve(StripeCall call, string id)
    {
        call.Takes();
        return store.Find<StripePayout>(call, "payout", id, "payout").ToJson();
    }

    /// <summary>The payout's own transaction is one of them.</summary>
    public JsonObject ListTransactions(StripeCall call)
    {
        call.Takes("payout", "source", "type", "limit", "starting_after", "ending_before");
        if (call.Text("payout") is { } id && !store.Find<StripePayout>(call, "payout", id, "payout").Automatic)
            throw StripeRefusalException.OfParameter(code: null, "payout", "Balance transaction history can only be filtered on automatic transfers, not manual.");
        return store.Page<StripeTransaction>(
            call,
            "balance_transaction",
            "/v1/balance_transactions",
            transaction => (call.Text("payout") is not { } payout || transaction.Payout == payout)
                && (call.Text("source") ?? transaction.Source) == transaction.Source
                && (call.Text("type") ?? transaction.Type) == transaction.Type);
    }

    /// <summary>Pays out what an owner has got since the last payout.</summary>
    /// <returns>The payout's id; null where the balance is not positive.</returns>
    public string? PayOut(StripeOwner owner, bool automatic, string currency)
    {
        var due = store.All<StripeTransaction>().Where(transaction => transaction.Owner == owner && transaction.Payout is null && transaction.Currency == currency).ToList();
        var amount = due.Sum(transaction => transaction.Net);
        if (amount <= 0)
            return null;
        var payout = store.Add(new StripePayout(store.NewId("po_1"), owner, store.Now) { Amount = amount, Currency = currency, Automatic = automatic });
        var own = Move(payout, -amount, "payout", "payout");
        payout.Transaction = own.Id;
        foreach (var transaction in due.Append(own))
            transaction.Payout = payout.Id;
        if (automatic)
            store.Tell("payout.reconciliation_completed", payout);
        return payout.Id;
    }

    /// <summary>The bank sends it back: its money is in the balance again.</summary>
    public void Fail(string id, string code)
    {
        var payout = store.Get<StripePayout>(id);
        Assert.True(payout.Status == "paid", $"The payout is {payout.Status} already.");
        payout.Status = "failed";
        payout.FailureCode = code;
        payout.FailureTransaction = Move(payout, payout.Amount, "payout_failure", "payout_reversal").Id;
        store.Tell("payout.failed", payout);
    }

    private StripeTransaction Move(StripePayout payout, long amount, string type, string category) => store.Add(new StripeTransaction(store.NewId("txn_1"), payout.Owner, store.Now)
    {
        Type = type,
        Category = category,
        Amount = amount,
        Fee = 0,
        Currency = payout.Currency,
        Source = payout.Id,
    });
}
