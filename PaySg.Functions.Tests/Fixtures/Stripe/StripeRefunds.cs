using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Refunds: the API's operations, and what banks do with them.</summary>
internal sealed class StripeRefunds(StripeStore store)
{
    private readonly Queue<(string Status, string? FailureReason)> next = new();

    /// <summary>How the next refund begins. Without it those of cards begin as <c>succeeded</c>, those of PayNow as <c>pending</c>.</summary>
    public void NextIs(string status, string? failureReason) => next.Enqueue((status, failureReason));

    public JsonObject Create(StripeCall call)
    {
        call.Takes("amount", "charge", "metadata", "payment_intent", "reason");
        if (call.Text("reason") is not (null or "duplicate" or "fraudulent" or "requested_by_customer"))
            throw StripeRefusalException.OfParameter(code: null, "reason", "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer");
        var asked = call.Integer("amount");
        if (asked < 1)
            throw StripeRefusalException.OfParameter("parameter_invalid_integer", "amount", "Invalid positive integer");
        var charge = ChargeOf(call);
        var rest = charge.Intent.Amount - charge.Refunded;
        if (charge.Disputed)
            throw StripeRefusalException.OfState("charge_disputed", $"Charge {charge.Id} has been charged back; cannot issue a refund.");
        if (charge.Method == "paynow" && call.Now > charge.Created + StripePayNow.RefundWindow)
            throw StripeRefusalException.OfState("charge_not_refundable", $"Charge {charge.Id} is too old to be refunded.");
        if (rest == 0)
            throw StripeRefusalException.OfState("charge_already_refunded", $"Charge {charge.Id} has already been refunded.");
        if (asked > rest)
            throw StripeRefusalException.OfState(code: null, $"Refund amount (${asked / 100m:0.00}) is greater than unrefunded amount on charge (${rest / 100m:0.00})");
        var (status, failure) = next.TryDequeue(out var told) ? told : (charge.Method == "card" ? "succeeded" : "pending", null);
        var refund = store.Add(new StripeRefund(store.NewId(charge.Method == "card" ? "re_3" : "pyr_1"), charge, call.Now)
        {
            Amount = asked ?? rest,
            Reason = call.Text("reason"),
            Metadata = call.Metadata("metadata"),
            Status = status is "failed" or "canceled" ? "pending" : status,
        });
        charge.Refunded += refund.Amount;
        refund.Transaction = Move(refund, -refund.Amount, charge.Method == "card" ? "refund" : "payment_refund", "refund");
        store.Tell("refund.created", refund);
        if (refund.Status != status)
            Become(refund, status, failure);
        return refund.ToJson();
    }

    public JsonObject Retrieve(StripeCall call, string id)
    {
        call.Takes();
        return store.Find<StripeRefund>(call, "refund", id, "refund").ToJson();
    }

    public JsonObject List(StripeCall call)
    {
        call.Takes("charge", "payment_intent", "limit", "starting_after", "ending_before");
        if (call.Text("payment_intent") is { } intent)
            store.Find<StripeIntent>(call, "payment_intent", intent, "payment_intent");
        if (call.Text("charge") is { } charge)
            store.Find<StripeCharge>(call, "charge", charge, "charge");
        return store.Page<StripeRefund>(
            call,
            "refund",
            "/v1/refunds",
            refund => (call.Text("payment_intent") ?? refund.Charge.Intent.Id) == refund.Charge.Intent.Id && (call.Text("charge") ?? refund.Charge.Id) == refund.Charge.Id);
    }

    /// <summary>The payer's bank has taken it or not. One that succeeded may fail, too; its money comes back to the balance.</summary>
    public void Becomes(string id, string status, string? failureReason)
    {
        var refund = store.Get<StripeRefund>(id);
        Assert.True(refund.Stands, $"A refund that is {refund.Status} stays so.");
        Assert.True(refund.Status != status, $"The refund is {status} already.");
        Become(refund, status, failureReason);
    }

    private void Become(StripeRefund refund, string status, string? failureReason)
    {
        var before = new JsonObject { ["status"] = refund.Status };
        refund.Status = status;
        if (!refund.Stands)
        {
            refund.Charge.Refunded -= refund.Amount;
            refund.FailureReason = status == "failed" ? failureReason ?? "unknown" : null;
            refund.FailureTransaction = Move(refund, refund.Amount, "refund_failure", "refund_failure");
        }

        store.Tell("refund.updated", refund, before);
        if (status == "failed")
            store.Tell("refund.failed", refund);
    }

    private StripeCharge ChargeOf(StripeCall call)
    {
        if (call.Text("charge") is { } id)
            return store.Find<StripeCharge>(call, "charge", id, "charge") is { Succeeded: true } known ? known : throw StripeRefusalException.OfState("charge_not_refundable", "This charge has failed.");
        var intent = store.Find<StripeIntent>(call, "payment_intent", call.Text("payment_intent") ?? throw StripeRefusalException.OfParameter("parameter_missing", "payment_intent", "One of the following params should be provided for this request: payment_intent or charge."), "payment_intent");
        return intent.Status == "succeeded"
            ? store.Get<StripeCharge>(intent.LatestCharge!)
            : throw StripeRefusalException.OfState(code: null, $"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.");
    }

    private string Move(StripeRefund refund, long amount, string type, string category) => store.Add(new StripeTransaction(store.NewId("txn_3"), refund.Owner, store.Now)
    {
        Type = type,
        Category = category,
        Amount = amount,
        Fee = 0,
        Currency = refund.Charge.Intent.Currency,
        Source = refund.Id,
    }).Id;
}
