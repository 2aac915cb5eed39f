using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Payment intents: the API's operations, and what payers and banks do.</summary>
internal sealed class StripeIntents(StripeStore store)
{
    private const long LeastCardCents = 50;
    private const long MostCardCents = 99_999_999;

    /// <summary>How long an attempt by PayNow waits for its payer.</summary>
    public TimeSpan PayNowLifetime { get; set; } = TimeSpan.FromHours(1);

    public JsonObject Create(StripeCall call)
    {
        call.Takes(
            "amount", "currency", "allowed_payment_method_types", "automatic_payment_methods", "capture_method", "confirm", "description", "metadata", "payment_method",
            "payment_method_data", "receipt_email", "return_url", "statement_descriptor", "statement_descriptor_suffix");
        call.Required("amount");
        if (call.Text("capture_method") is not (null or "automatic" or "automatic_async"))
            throw StripeRefusalException.OfParameter(code: null, "capture_method", "Only what is captured at once is taken here.");
        var intent = new StripeIntent(store.NewId("pi_3"), call.Owner, call.Now)
        {
            Amount = call.Integer("amount")!.Value,
            Currency = call.Required("currency"),
            Allowed = call.Texts("allowed_payment_method_types"),
            Description = call.Text("description"),
            ReceiptEmail = call.Text("receipt_email"),
            StatementDescriptor = call.Text("statement_descriptor"),
            StatementDescriptorSuffix = call.Text("statement_descriptor_suffix"),
            Metadata = call.Metadata("metadata"),
        };
        if (intent.Amount < 1)
            throw StripeRefusalException.OfParameter("parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
        CheckMethods(intent.Types);
        var method = Method(call, intent);
        var confirm = call.Flag("confirm");
        if (confirm && method is null)
            throw StripeRefusalException.OfState("payment_intent_unexpected_state", "You cannot confirm this PaymentIntent because it's missing a payment method. To confirm the PaymentIntent, specify a payment method and then retry.");
        store.Add(intent);
        if (method is not null)
            Attach(intent, method.Value);
        if (confirm)
            Confirm(intent, method!.Value.Declines);
        return intent.ToJson();
    }

    public JsonObject Confirm(StripeCall call, string id)
    {
        call.Takes("allowed_payment_method_types", "payment_method", "payment_method_data", "receipt_email", "return_url");
        var intent = Find(call, id);
        if (intent.Status is not ("requires_payment_method" or "requires_confirmation"))
            throw Unexpected(intent, "confirm");
        var method = Method(call, intent);
        if (method is null && intent.Method is null)
            throw StripeRefusalException.OfState("payment_intent_unexpected_state", "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.", intent.ToJson());
        if (method is not null)
            Attach(intent, method.Value);
        Confirm(intent, method?.Declines);
        return intent.ToJson();
    }

    public JsonObject Cancel(StripeCall call, string id)
    {
        call.Takes("cancellation_reason");
        var intent = Find(call, id);
        if (call.Text("cancellation_reason") is not (null or "duplicate" or "fraudulent" or "requested_by_customer" or "abandoned"))
            throw StripeRefusalException.OfParameter(code: null, "cancellation_reason", "Invalid cancellation_reason: must be one of duplicate, fraudulent, requested_by_customer, or abandoned");
        if (intent.Session is not null)
            throw StripeRefusalException.OfState("payment_intent_unexpected_state", "You cannot cancel this PaymentIntent because it was created by Checkout. Expire its Checkout Session instead.", intent.ToJson());
        if (intent.Status is not ("requires_payment_method" or "requires_confirmation" or "requires_action"))
            throw Unexpected(intent, "cancel");
        Cancel(intent, call.Text("cancellation_reason"));
        return intent.ToJson();
    }

    public JsonObject Retrieve(StripeCall call, string id)
    {
        call.Takes("client_secret");
        return Find(call, id).ToJson();
    }

    public JsonObject List(StripeCall call)
    {
        call.Takes("limit", "starting_after", "ending_before");
        return store.Page<StripeIntent>(call, "payment_intent", "/v1/payment_intents", static _ => true);
    }

    public JsonObject RetrieveCharge(StripeCall call, string id)
    {
        call.Takes();
        return store.Find<StripeCharge>(call, "charge", id, "charge").ToJson();
    }

    public void Cancel(StripeIntent intent, string? reason)
    {
        intent.Status = "canceled";
        intent.CanceledAt = store.Now;
        intent.CancellationReason = reason;
        intent.AttemptEnds = null;
        store.Tell("payment_intent.canceled", intent);
    }

    /// <summary>The money has come.</summary>
    public void Succeed(StripeIntent intent)
    {
        var charge = store.Add(new StripeCharge(store.NewId(intent.Method == "card" ? "ch_3" : "py_3"), intent, store.Now) { Succeeded = true });
        charge.Transaction = store.Add(new StripeTransaction(store.NewId("txn_3"), intent.Owner, store.Now)
        {
            Type = intent.Method == "card" ? "charge" : "payment",
            Category = "charge",
            Amount = intent.Amount,
            Fee = Fee(intent),
            Currency = intent.Currency,
            Source = charge.Id,
        }).Id;
        intent.Status = "succeeded";
        intent.AmountReceived = intent.Amount;
        intent.LatestCharge = charge.Id;
        intent.LastError = null;
        intent.AttemptEnds = null;
        store.Tell("payment_intent.succeeded", intent);
    }

    /// <summary>The attempt has failed; the intent waits for another. A declined card leaves a failed charge.</summary>
    public void Fail(StripeIntent intent, StripeFailure failure)
    {
        if (intent.Method == "card")
        {
            intent.LatestCharge = store.Add(new StripeCharge(store.NewId("ch_3"), intent, store.Now)
            {
                Succeeded = false,
                FailureCode = failure.Code,
                DeclineCode = failure.DeclineCode,
                FailureMessage = failure.Message,
            }).Id;
        }

        intent.LastError = failure.ToJson(intent.Method == "card" ? intent.LatestCharge : null);
        intent.Status = "requires_payment_method";
        intent.Method = null;
        intent.MethodId = null;
        intent.AttemptEnds = null;
        store.Tell("payment_intent.payment_failed", intent);
    }

    /// <summary>A payer's bank has decided about an attempt by PayNow.</summary>
    /// <returns>False if nothing waits for the payer any more.</returns>
    public bool SettlePayNow(string id, bool succeeds)
    {
        var intent = store.Get<StripeIntent>(id);
        if (intent is not { Status: "requires_action", Method: "paynow" })
            return false;
        if (succeeds)
            Succeed(intent);
        else
            Fail(intent, StripeFailure.PayNowFailed);
        return true;
    }

    public void PassTime()
    {
        foreach (var intent in store.All<StripeIntent>().Where(intent => intent.AttemptEnds <= store.Now).ToList())
            Fail(intent, StripeFailure.PayNowExpired);
    }

    public static void CheckMethods(IReadOnlyList<string> types)
    {
        foreach (var type in types)
        {
            if (type is not ("card" or "paynow"))
                throw StripeRefusalException.OfParameter(code: null, "allowed_payment_method_types", $"The payment method type \"{type}\" is invalid. Please ensure the provided type is activated in your dashboard.");
        }
    }

    /// <summary>An intent is made for a method only whose bounds its amount keeps.</summary>
    public static void CheckAmount(string method, long amount, string currency)
    {
        if (method == "paynow" && currency != "sgd")
            throw StripeRefusalException.OfParameter("payment_intent_invalid_parameter", "currency", $"The currency provided ({currency}) is invalid. Payments with paynow support the following currencies: sgd.");
        var (least, most) = method == "paynow" ? (StripePayNow.LeastCents, StripePayNow.MostCents) : (LeastCardCents, MostCardCents);
        if (amount < least)
            throw StripeRefusalException.OfParameter("amount_too_small", "amount", "Amount must be at least $0.50 sgd");
        if (amount > most)
            throw StripeRefusalException.OfParameter("amount_too_large", "amount", $"Amount must be no more than ${most / 100m:N2} sgd");
    }

    private static long Fee(StripeIntent intent) => intent.Method == "card"
        ? (long)Math.Round(intent.Amount * 0.034m, MidpointRounding.AwayFromZero) + 50
        : (long)Math.Round(intent.Amount * 0.013m, MidpointRounding.AwayFromZero);

    private static StripeRefusalException Unexpected(StripeIntent intent, string verb) => StripeRefusalException.OfState(
        "payment_intent_unexpected_state",
        $"You cannot {verb} this PaymentIntent because it has a status of {intent.Status}.",
        intent.ToJson());

    // Test cards have names; card numbers are not taken.
    private static (string Type, string? Id, string? Declines)? Method(StripeCall call, StripeIntent intent)
    {
        (string Type, string? Id, string? Declines)? method = (call.Text("payment_method"), call.Text("payment_method_data", "type")) switch
        {
            (null, null) => null,
            (null, "paynow") => ("paynow", null, null),
            ("pm_card_visa", null) => ("card", "pm_card_visa", null),
            ("pm_card_visa_chargeDeclined", null) => ("card", "pm_card_visa_chargeDeclined", "generic_decline"),
            ("pm_card_visa_chargeDeclinedInsufficientFunds", null) => ("card", "pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"),
            (null, var type) => throw StripeRefusalException.OfParameter(code: null, "payment_method_data[type]", $"Payments by {type} are not taken here."),
            var (id, _) => throw StripeRefusalException.NotFound("PaymentMethod", id, "payment_method"),
        };
        if (method is null)
            return null;
        if (!intent.Types.Contains(method.Value.Type))
            throw StripeRefusalException.OfParameter("payment_intent_invalid_parameter", "payment_method", $"The PaymentMethod provided ({method.Value.Type}) is not allowed for this PaymentIntent.");
        CheckAmount(method.Value.Type, intent.Amount, intent.Currency);
        return method;
    }

    private void Attach(StripeIntent intent, (string Type, string? Id, string? Declines) method)
    {
        intent.Method = method.Type;
        intent.MethodId = method.Id ?? store.NewId("pm_1");
        intent.Status = "requires_confirmation";
    }

    private void Confirm(StripeIntent intent, string? declines)
    {
        intent.LastError = null;
        if (intent.Method == "paynow")
        {
            intent.Status = "requires_action";
            intent.AttemptEnds = store.Now + PayNowLifetime;
        }
        else if (declines is null)
        {
            Succeed(intent);
        }
        else
        {
            var failure = StripeFailure.OfCard(declines);
            Fail(intent, failure);
            throw StripeRefusalException.OfCard(intent.ToJson(), failure, intent.LatestCharge!);
        }
    }

    private StripeIntent Find(StripeCall call, string id) => store.Find<StripeIntent>(call, "payment_intent", id, "intent");
}
