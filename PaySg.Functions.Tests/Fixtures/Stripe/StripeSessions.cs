using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Checkout sessions: the API's operations, and what payers do on the hosted page.</summary>
internal sealed class StripeSessions(StripeStore store, StripeIntents intents, Uri address)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public JsonObject Create(StripeCall call)
    {
        call.Takes(
            "allowed_payment_method_types", "cancel_url", "client_reference_id", "customer_email", "expires_at", "line_items", "locale", "metadata", "mode",
            "payment_intent_data", "submit_type", "success_url", "ui_mode");
        if (call.Required("mode") != "payment")
            throw StripeRefusalException.OfParameter(code: null, "mode", "Only sessions of mode payment are taken here.");
        if (call.Parameters["line_items"] is not JsonArray { Count: 1 } items || items[0] is not JsonObject item)
            throw StripeRefusalException.OfParameter("parameter_missing", "line_items", "One line item is taken here.");
        var line = call with { Parameters = item.DeepClone().AsObject() };
        var amount = line.Integer("price_data", "unit_amount") ?? throw StripeRefusalException.Missing("line_items[0][price_data][unit_amount]");
        var total = amount * (line.Integer("quantity") ?? throw StripeRefusalException.Missing("line_items[0][quantity]"));
        var currency = line.Required("price_data", "currency");
        var allowed = call.Texts("allowed_payment_method_types");
        StripeIntents.CheckMethods(allowed ?? []);
        foreach (var method in allowed ?? [])
            StripeIntents.CheckAmount(method, total, currency);
        var id = store.NewId(call.Owner.Live ? "cs_live_a1" : "cs_test_a1", 56);
        return store.Add(new StripeSession(id, call.Owner, call.Now)
        {
            Amount = total,
            Currency = currency,
            Product = line.Required("price_data", "product_data", "name"),
            Allowed = allowed,
            ExpiresAt = ExpiresAt(call),
            SuccessUrl = Url(call, "success_url") ?? throw StripeRefusalException.Missing("success_url"),
            CancelUrl = Url(call, "cancel_url"),
            Reference = call.Text("client_reference_id"),
            Email = call.Text("customer_email"),
            Locale = call.Text("locale"),
            SubmitType = call.Text("submit_type"),
            Metadata = call.Metadata("metadata"),
            IntentMetadata = call.Metadata("payment_intent_data", "metadata"),
            IntentDescription = call.Text("payment_intent_data", "description"),
            IntentDescriptor = call.Text("payment_intent_data", "statement_descriptor"),
            IntentDescriptorSuffix = call.Text("payment_intent_data", "statement_descriptor_suffix"),
            IntentEmail = call.Text("payment_intent_data", "receipt_email"),
            Page = new Uri(address, $"/c/pay/{id}"),
        }).ToJson();
    }

    public JsonObject Retrieve(StripeCall call, string id)
    {
        call.Takes();
        return Find(call, id).ToJson();
    }

    public JsonObject Expire(StripeCall call, string id)
    {
        call.Takes();
        var session = Find(call, id);
        if (session.Status != "open")
            throw StripeRefusalException.OfState(code: null, $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `{session.Status}`.");
        Expire(session);
        return session.ToJson();
    }

    /// <summary>What a payer sees of it; null if there is no such session.</summary>
    public StripeSession? Of(string id) => store.All<StripeSession>().FirstOrDefault(session => session.Id == id);

    /// <summary>A payer pays by card.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool Pay(string id)
    {
        var session = store.Get<StripeSession>(id);
        if (session.Status != "open")
            return false;
        intents.Succeed(IntentOf(session));
        session.Status = "complete";
        session.PaymentStatus = "paid";
        store.Tell("checkout.session.completed", session);
        return true;
    }

    /// <summary>A payer pays by a method whose money comes later.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool PayLater(string id)
    {
        var session = store.Get<StripeSession>(id);
        if (session.Status != "open")
            return false;
        IntentOf(session).Status = "processing";
        session.Status = "complete";
        store.Tell("checkout.session.completed", session);
        return true;
    }

    /// <summary>The money of <see cref="PayLater"/> has come, or will not.</summary>
    /// <returns>False if nothing was waited for.</returns>
    public bool Settle(string id, bool succeeds)
    {
        var session = store.Get<StripeSession>(id);
        if (session is not { Status: "complete", PaymentStatus: "unpaid" } || store.Get<StripeIntent>(session.Intent!) is not { Status: "processing" } intent)
            return false;
        if (succeeds)
        {
            intents.Succeed(intent);
            session.PaymentStatus = "paid";
        }
        else
        {
            intents.Fail(intent, StripeFailure.OfCard("generic_decline"));
        }

        store.Tell($"checkout.session.async_payment_{(succeeds ? "succeeded" : "failed")}", session);
        return true;
    }

    /// <summary>A payer's card is declined; the session stays open for another.</summary>
    /// <returns>False if the session is not open any more.</returns>
    public bool Decline(string id, string code)
    {
        var session = store.Get<StripeSession>(id);
        if (session.Status != "open")
            return false;
        intents.Fail(IntentOf(session), StripeFailure.OfCard(code));
        return true;
    }

    public void PassTime()
    {
        foreach (var session in store.All<StripeSession>().Where(session => session.Status == "open" && session.ExpiresAt <= store.Now).ToList())
            Expire(session);
    }

    private static DateTimeOffset ExpiresAt(StripeCall call)
    {
        var ends = call.Integer("expires_at") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : call.Now + Longest;
        if (ends < call.Now + Shortest)
            throw StripeRefusalException.OfParameter(code: null, "expires_at", "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
        if (ends > call.Now + Longest)
            throw StripeRefusalException.OfParameter(code: null, "expires_at", "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
        return ends;
    }

    private static string? Url(StripeCall call, string name) =>
        call.Text(name) is not { } text || Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? call.Text(name)
            : throw StripeRefusalException.OfParameter("url_invalid", name, "Not a valid URL");

    private StripeIntent IntentOf(StripeSession session)
    {
        var intent = session.Intent is { } id ? store.Get<StripeIntent>(id) : store.Add(new StripeIntent(store.NewId("pi_3"), session.Owner, store.Now)
        {
            Amount = session.Amount,
            Currency = session.Currency,
            Allowed = session.Allowed,
            Description = session.IntentDescription,
            ReceiptEmail = session.IntentEmail,
            StatementDescriptor = session.IntentDescriptor,
            StatementDescriptorSuffix = session.IntentDescriptorSuffix,
            Metadata = session.IntentMetadata,
            Session = session.Id,
        });
        session.Intent = intent.Id;
        intent.Method = "card";
        intent.MethodId = store.NewId("pm_1");
        return intent;
    }

    private void Expire(StripeSession session)
    {
        session.Status = "expired";
        if (session.Intent is { } id)
            intents.Cancel(store.Get<StripeIntent>(id), "automatic");
        store.Tell("checkout.session.expired", session);
    }

    private StripeSession Find(StripeCall call, string id) => store.Find<StripeSession>(call, "checkout.session", id, "session");
}
