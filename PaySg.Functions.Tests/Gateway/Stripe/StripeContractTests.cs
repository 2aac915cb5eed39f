using System.Text.Json.Nodes;
using PaySg.Functions.Tests.Docs;
using PaySg.Functions.Tests.Fixtures;
using Stripe;
using Stripe.Checkout;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>The Stripe of the tests, compared with what Stripe publishes: the types, the version and the signatures of its npm package, which nobody here wrote.</summary>
public sealed class StripeContractTests
{
    private static readonly string Package = Path.Combine(Document.Repository.Root, "node_modules/stripe");

    // Everything was called once, and the compiler is asked once: it takes seconds.
    private static readonly Lazy<Task<Comparison>> Compared = new(CompareAsync);

    [Fact]
    public async Task Requests_of_the_client_and_answers_and_events_of_the_server_are_of_Stripes_types()
    {
        var compared = await Compared.Value;

        Assert.All(compared.Good, constant => Assert.DoesNotContain(compared.Faults, fault => fault.StartsWith($"{constant.Origin}: ", StringComparison.Ordinal)));
        Assert.Equal(16, compared.Requests.Select(request => StripeOperation.Of(request.Method, request.Path)!.Parameters).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            [
                "charge.dispute.closed", "charge.dispute.created", "charge.dispute.updated", "checkout.session.async_payment_failed",
                "checkout.session.async_payment_succeeded", "checkout.session.completed", "checkout.session.expired", "payment_intent.canceled",
                "payment_intent.payment_failed", "payment_intent.succeeded", "payout.failed", "payout.reconciliation_completed", "refund.created",
                "refund.failed", "refund.updated",
            ],
            compared.Events.Select(told => told.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal([200, 400, 402, 404, 429], compared.Requests.Select(request => request.Status).Distinct().Order());
    }

    [Fact]
    public async Task What_is_not_of_Stripes_types_is_found()
    {
        var compared = await Compared.Value;

        Assert.All(compared.Planted, constant => Assert.Contains(compared.Faults, fault => fault.StartsWith($"{constant.Origin}: ", StringComparison.Ordinal)));
        Assert.All(
            compared.Faults,
            fault => Assert.True(fault.StartsWith("planted: ", StringComparison.Ordinal) || compared.Without.Any(constant => fault.StartsWith($"{constant.Origin}: ", StringComparison.Ordinal)), fault));
    }

    [Fact]
    public async Task No_member_can_be_missing_that_Stripe_always_sends()
    {
        var compared = await Compared.Value;

        // Stripe sends these sometimes.
        Assert.Equal(
            [
                "Stripe.Checkout.Session without phone_number_collection",
                "Stripe.Dispute without payment_method_details",
                "Stripe.PaymentIntent without amount_details",
                "Stripe.PaymentIntent without transfer_data",
                "Stripe.PaymentIntentSucceededEvent without account",
                "Stripe.Refund without destination_details",
                "Stripe.Refund without pending_reason",
            ],
            compared.Without.Select(constant => constant.Origin).Where(origin => !compared.Faults.Any(fault => fault.StartsWith(origin + ":", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_request_to_no_known_operation_is_found()
    {
        await using var server = await StripeServer.StartAsync();
        await Assert.ThrowsAsync<StripeException>(() => server.Client().V1.Customers.GetAsync("cus_1"));
        var found = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => StripeContract.CheckAsync(server.Requests));
        Assert.Contains("GET /v1/customers/cus_1 is no operation", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_clients_and_the_server_are_of_one_version()
    {
        var version = await Node.AskAsync<string>(["-e", $"process.stdout.write(JSON.stringify(require('{Package}/cjs/apiVersion.js').ApiVersion))"], string.Empty);
        Assert.Equal((version, version), (StripeConfiguration.ApiVersion, StripeEvents.ApiVersion));
    }

    [Fact]
    public async Task A_signature_that_Stripes_helper_makes_is_taken_by_the_client_in_NET()
    {
        await using var server = await StripeServer.StartAsync();
        await StripeCalls.PaidPayNowAsync(server, server.Client());
        var told = server.Events.All[0];
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        var header = await Node.AskAsync<string>(
            ["-e", Script("stripe.webhooks.generateTestHeaderString({ payload: question.Text, secret: question.Secret, timestamp: question.Now })")],
            new { told.Text, server.Events.Secret, Now = now });

        Assert.Equal(told.Id, EventUtility.ConstructEvent(told.Text, header, server.Events.Secret, 300, now).Id);
        Assert.Throws<StripeException>(() => EventUtility.ConstructEvent(told.Text, header, "whsec_other", 300, now));
        Assert.Throws<StripeException>(() => EventUtility.ConstructEvent(told.Text + " ", header, server.Events.Secret, 300, now));
        Assert.Equal(header, StripeSignature.Of(told.Text, DateTimeOffset.FromUnixTimeSeconds(now), server.Events.Secret));
    }

    [Fact]
    public async Task A_signature_of_the_server_is_taken_by_Stripes_library()
    {
        var clock = new SkippingClock();
        await using var server = await StripeServer.StartAsync(clock);
        await using var receiver = await StripeEventReceiver.StartAsync();
        server.Events.DeliverTo = receiver.Url;
        await StripeCalls.PaidPayNowAsync(server, server.Client());
        await server.Events.IdleAsync();
        var (body, signature) = Assert.Single(receiver.All);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var rolled = StripeSignature.Of(body, clock.GetUtcNow(), "whsec_old", server.Events.Secret);

        async Task<string> Read(string header, string secret, int secondsLate = 0) => await Node.AskAsync<string>(
            [
                "-e",
                Script("(() => { try { return stripe.webhooks.constructEvent(question.body, question.header, question.secret, 300, undefined, question.at).type; } catch (error) { return error.type; } })()"),
            ],
            new { body, header, secret, at = (now + secondsLate) * 1000 });

        Assert.Equal("payment_intent.succeeded", await Read(signature, server.Events.Secret));
        Assert.Equal("payment_intent.succeeded", await Read(rolled, server.Events.Secret));
        Assert.Equal("StripeSignatureVerificationError", await Read(signature, "whsec_other"));
        Assert.Equal("StripeSignatureVerificationError", await Read(signature, server.Events.Secret, secondsLate: 301));
    }

    private static string Script(string expression) => $$"""
        const stripe = new (require('{{Package}}'))('sk_test_1');
        const question = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));
        process.stdout.write(JSON.stringify({{expression}}));
        """;

    /// <summary>With a member that is another, or with none where the value is null, unless the null is to be kept.</summary>
    private static StripeConstant Changed(StripeConstant good, string member, JsonNode? value, bool keep = false)
    {
        var changed = good.Value.DeepClone().AsObject();
        changed.Remove(member);
        if (value is not null || keep)
            changed[member] = value;
        return new StripeConstant(good.Type, changed, $"planted: {member} of {good.Type} as {value?.ToJsonString()}");
    }

    private static async Task<Comparison> CompareAsync()
    {
        var clock = new SkippingClock();
        await using var server = await StripeServer.StartAsync(clock);
        await CallEverythingAsync(server, clock);
        var good = StripeContract.ConstantsOf(server.Requests).Concat(StripeContract.ConstantsOf(server.Events.All)).ToList();
        StripeConstant First(string type, bool withMembers = true) => good.First(constant => constant.Type == type && (!withMembers || constant.Value.AsObject().Count > 0));
        StripeConstant Payment() => new("Stripe.BalanceTransaction", First("Stripe.ApiList<Stripe.BalanceTransaction>").Value["data"]![0]!, "a list");
        StripeConstant[] planted =
        [
            Changed(First("Stripe.PaymentIntentCreateParams"), "payment_method_types", new JsonArray("paynow")),
            Changed(First("Stripe.PaymentIntentCreateParams"), "amount", "1130"),
            Changed(First("Stripe.PaymentIntentCreateParams"), "amount", null),
            Changed(First("Stripe.PaymentIntentCreateParams"), "allowed_payment_method_types", new JsonArray("pay_now")),
            Changed(First("Stripe.PaymentIntentCreateParams"), "confirm", "yes"),
            Changed(First("Stripe.PaymentIntentCreateParams"), "payment_method_data", new JsonObject { ["type"] = "paynow", ["colour"] = "red" }),
            Changed(First("Stripe.Checkout.SessionCreateParams"), "mode", "payments"),
            Changed(First("Stripe.Checkout.SessionCreateParams"), "expires_at", "tomorrow"),
            Changed(First("Stripe.Checkout.SessionCreateParams"), "payment_intent_data", new JsonObject { ["metadatum"] = new JsonObject() }),
            Changed(First("Stripe.RefundCreateParams"), "payment_intents", "pi_1"),
            Changed(First("Stripe.RefundListParams"), "limit", "ten"),
            Changed(First("Stripe.PaymentIntentCancelParams", withMembers: false), "reason", "abandoned"),
            Changed(First("Stripe.PaymentIntent"), "status", "cancelled"),
            Changed(First("Stripe.PaymentIntent"), "next_action", new JsonObject { ["type"] = "x", ["paynow_display_qr_code"] = new JsonObject { ["data"] = "x" } }),
            Changed(First("Stripe.Checkout.Session"), "url", 1),
            Changed(First("Stripe.Refund"), "failure_reason", null, keep: true),
            Changed(First("Stripe.ApiList<Stripe.Refund>"), "data", new JsonArray(new JsonObject { ["id"] = "re_1" })),
            Changed(First("Stripe.Dispute"), "evidence", new JsonObject()),
            Changed(First("Stripe.RefundFailedEvent"), "type", "refund.fails"),
            Changed(First("Stripe.RefundFailedEvent"), "data", new JsonObject { ["object"] = First("Stripe.Payout").Value.DeepClone() }),
            Changed(First("Stripe.PaymentIntent"), "latest_charge", Changed(First("Stripe.Charge"), "colour", "red").Value),
            Changed(First("Stripe.ApiList<Stripe.BalanceTransaction>"), "data", new JsonArray(Changed(Payment(), "source", Changed(First("Stripe.Refund"), "status", null).Value).Value)),
            Changed(First("{ error: Stripe.StripeRawError }"), "error", new JsonObject { ["type"] = "unknown_error" }),
        ];
        string[] types =
        [
            "Stripe.PaymentIntent", "Stripe.Checkout.Session", "Stripe.Refund", "Stripe.Charge", "Stripe.Dispute", "Stripe.Payout", "Stripe.ApiList<Stripe.BalanceTransaction>",
            "Stripe.PaymentIntentSucceededEvent",
        ];
        var without = types
            .Select(type => good.First(constant => constant.Type == type))
            .SelectMany(constant => constant.Value.AsObject().Select(member => Changed(constant, member.Key, null) with { Origin = $"{constant.Type} without {member.Key}" }))
            .ToList();
        return new Comparison(server.Requests, server.Events.All, good, planted, without, await StripeTypes.FaultsOfAsync([.. good, .. planted, .. without]));
    }

    /// <summary>Each operation and each event at least once, and objects in each of their states.</summary>
    private static async Task CallEverythingAsync(StripeServer server, SkippingClock clock)
    {
        var client = server.Client("acct_1");
        var intents = client.V1.PaymentIntents;
        var sessions = client.V1.Checkout.Sessions;
        var refunds = client.V1.Refunds;

        var bare = StripeCalls.PayNow();
        bare.Confirm = null;
        bare.StatementDescriptorSuffix = "PAYSG";
        bare.ReceiptEmail = "payer@example.com";
        var intent = await intents.CreateAsync(bare);
        await intents.ConfirmAsync(intent.Id, new PaymentIntentConfirmOptions { ReturnUrl = "https://pay.example.com/" });
        server.SettlePayNow(intent.Id, succeeds: false);
        await intents.ConfirmAsync(intent.Id, new PaymentIntentConfirmOptions { PaymentMethodData = new PaymentIntentPaymentMethodDataOptions { Type = "paynow" } });
        server.SettlePayNow(intent.Id, succeeds: true);
        await intents.GetAsync(intent.Id, new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction"] });
        var canceled = await intents.CreateAsync(StripeCalls.PayNow());
        await intents.CancelAsync(canceled.Id);
        await Assert.ThrowsAsync<StripeException>(() => intents.CancelAsync(canceled.Id));
        await Assert.ThrowsAsync<StripeException>(() => intents.CreateAsync(new PaymentIntentCreateOptions { Amount = 100, Currency = "sgd", Confirm = true, PaymentMethod = "pm_card_visa_chargeDeclined" }));

        var card = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow(), 10_000);
        await sessions.GetAsync(card.Id, new SessionGetOptions { Expand = ["payment_intent.latest_charge"] });
        var declined = await sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
        server.DeclineCard(declined.Id, "insufficient_funds");
        await sessions.GetAsync(declined.Id, new SessionGetOptions { Expand = ["payment_intent.latest_charge"] });
        await sessions.ExpireAsync(declined.Id);
        foreach (var succeeds in new[] { true, false })
        {
            var later = await sessions.CreateAsync(StripeCalls.Card(clock.GetUtcNow()));
            server.PayLater(later.Id);
            server.SettleSession(later.Id, succeeds);
        }

        var pending = await refunds.CreateAsync(StripeCalls.Refund(intent.Id, 100));
        var done = await refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 100, "re_2"));
        server.RefundBecomes(pending.Id, "failed", "declined");
        await refunds.GetAsync(pending.Id);
        await refunds.GetAsync(done.Id, new RefundGetOptions { Expand = ["charge", "balance_transaction"] });
        await refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 1 });
        await intents.ListAsync(new PaymentIntentListOptions { Limit = 3 });

        var dispute = server.OpenDispute(card.PaymentIntentId);
        server.ReviewDispute(dispute);
        server.CloseDispute(dispute, won: true);
        await client.V1.Disputes.GetAsync(dispute);
        await client.V1.Charges.GetAsync((await client.V1.Disputes.GetAsync(dispute)).ChargeId);
        await client.V1.Charges.GetAsync(server.Objects("charge").First(charge => charge["status"]!.GetValue<string>() == "failed" && charge["payment_intent"]!.GetValue<string>() != intent.Id)["id"]!.GetValue<string>());

        var payout = server.PayOut("acct_1")!;
        await client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions { Payout = payout, Limit = 10, Expand = ["data.source"] });
        server.FailPayout(payout);
        await client.V1.Payouts.GetAsync(payout);
        await client.V1.Payouts.GetAsync(server.PayOut("acct_1")!, new PayoutGetOptions { Expand = ["balance_transaction"] });
        foreach (var told in server.Events.All)
            await client.V1.Events.GetAsync(told.Id);
        await Assert.ThrowsAsync<StripeException>(() => client.V1.Events.GetAsync("evt_1"));
        server.Faults.Refuse("GET", "/v1/refunds", 429);
        await Assert.ThrowsAsync<StripeException>(() => refunds.GetAsync(done.Id));
    }

    /// <param name="Requests">What the client of the product's library sent.</param>
    /// <param name="Events">What the server told.</param>
    /// <param name="Good">Both, and the answers, as constants.</param>
    /// <param name="Planted">Constants that are not of their types.</param>
    /// <param name="Without">Constants in each of which a member is missing.</param>
    /// <param name="Faults">What the compiler said of all of them.</param>
    private sealed record Comparison(
        IReadOnlyList<StripeExchange> Requests, IReadOnlyList<StripeEvent> Events, IReadOnlyList<StripeConstant> Good, IReadOnlyList<StripeConstant> Planted, IReadOnlyList<StripeConstant> Without, IReadOnlyList<string> Faults);
}
