using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Disputes of card payments.</summary>
internal sealed class StripeDisputes(StripeStore store)
{
    private const long FeeCents = 1_500;

    public JsonObject Retrieve(StripeCall call, string id)
    {
        call.Takes();
        return store.Find<StripeDispute>(call, "dispute", id, "dispute").ToJson();
    }

    /// <summary>A payer disputes what was not given back yet: that and a fee leave the balance.</summary>
    public string Open(string intent, string reason)
    {
        var paid = store.Get<StripeIntent>(intent);
        Assert.True(paid.Status == "succeeded", $"An intent that is {paid.Status} cannot be disputed.");
        var charge = store.Get<StripeCharge>(paid.LatestCharge!);
        Assert.True(charge.Method == "card", "PayNow knows no disputes.");
        Assert.False(charge.Disputed, "The charge is disputed already.");
        charge.Disputed = true;
        var dispute = store.Add(new StripeDispute(store.NewId("du_1"), charge, store.Now) { Amount = paid.Amount - charge.Refunded, Reason = reason });
        Move(dispute, -dispute.Amount, FeeCents, "dispute");
        store.Tell("charge.dispute.created", dispute);
        return dispute.Id;
    }

    /// <summary>Evidence was sent.</summary>
    public void Review(string id)
    {
        var dispute = OpenOne(id);
        var before = new JsonObject { ["status"] = dispute.Status };
        dispute.Status = "under_review";
        store.Tell("charge.dispute.updated", dispute, before);
    }

    /// <summary>The payer's bank has decided; where it was won, the money comes back without the fee.</summary>
    public void Close(string id, bool won)
    {
        var dispute = OpenOne(id);
        dispute.Status = won ? "won" : "lost";
        if (won)
            Move(dispute, dispute.Amount, 0, "dispute_reversal");
        store.Tell("charge.dispute.closed", dispute);
    }

    private StripeDispute OpenOne(string id)
    {
        var dispute = store.Get<StripeDispute>(id);
        Assert.True(dispute.Status is "needs_response" or "under_review", $"The dispute is {dispute.Status} already.");
        return dispute;
    }

    private void Move(StripeDispute dispute, long amount, long fee, string category) => dispute.Transactions.Add(store.Add(new StripeTransaction(store.NewId("txn_1"), dispute.Owner, store.Now)
    {
        Type = "adjustment",
        Category = category,
        Amount = amount,
        Fee = fee,
        Currency = dispute.Charge.Intent.Currency,
        Source = dispute.Id,
    }));
}
