using PaySg.Functions.Tests.Fixtures;
using Stripe;

namespace PaySg.Functions.Tests.Gateway.Stripe;

/// <summary>Refunds, disputes and payouts at the Stripe of the tests, asked with the real client.</summary>
public sealed class StripeServerRefundsTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private StripeServer server = null!;
    private StripeClient client = null!;

    private RefundService Refunds => client.V1.Refunds;

    private string[] Told => [.. server.Events.All.Select(told => told.Type)];

    public async Task InitializeAsync()
    {
        server = await StripeServer.StartAsync(clock);
        client = server.Client();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_refund_of_a_card_is_done_at_once_and_one_of_PayNow_later()
    {
        var card = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow());
        var paynow = await StripeCalls.PaidPayNowAsync(server, client);

        var ofCard = await Refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 500, "re_1"));
        var ofPayNow = await Refunds.CreateAsync(StripeCalls.Refund(paynow.Id, 1130, "re_2"));
        Assert.Equal(("succeeded", 500, card.PaymentIntentId, "re_1"), (ofCard.Status, ofCard.Amount, ofCard.PaymentIntentId, ofCard.Metadata["refund_id"]));
        Assert.Equal(("pending", "processing"), (ofPayNow.Status, ofPayNow.PendingReason));

        server.RefundBecomes(ofPayNow.Id, "succeeded");
        Assert.Equal("succeeded", (await Refunds.GetAsync(ofPayNow.Id)).Status);
        var charge = (await client.V1.PaymentIntents.GetAsync(paynow.Id, new PaymentIntentGetOptions { Expand = ["latest_charge"] })).LatestCharge;
        Assert.Equal((1130, true), (charge.AmountRefunded, charge.Refunded));
        Assert.Equal(["refund.created", "refund.created", "refund.updated"], Told[3..]);
        Assert.Equal((500, 1130), (server.Books.Refunded[card.PaymentIntentId], server.Books.Refunded[paynow.Id]));
        Assert.Equal([1, 1], server.Books.RefundsPer("refund_id").Values);
    }

    [Fact]
    public async Task No_more_is_refunded_than_was_charged()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1000));
        await StripeCalls.RefusedAsync(400, code: null, () => Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 131)));
        Assert.Equal(130, (await Refunds.CreateAsync(new RefundCreateOptions { PaymentIntent = intent.Id })).Amount);
        await StripeCalls.RefusedAsync(400, "charge_already_refunded", () => Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1)));
        await StripeCalls.RefusedAsync(400, "parameter_invalid_integer", () => Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 0)));
        Assert.Equal(1130, server.Books.Refunded[intent.Id]);

        var unpaid = await client.V1.PaymentIntents.CreateAsync(StripeCalls.PayNow());
        await StripeCalls.RefusedAsync(400, code: null, () => Refunds.CreateAsync(StripeCalls.Refund(unpaid.Id, 1)));
    }

    [Fact]
    public async Task A_refund_that_fails_gives_its_money_back_even_after_it_succeeded()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        var refund = await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1130));
        server.RefundBecomes(refund.Id, "succeeded");
        server.RefundBecomes(refund.Id, "failed", "expired_or_canceled_card");

        var failed = await Refunds.GetAsync(refund.Id);
        Assert.Equal(("failed", "expired_or_canceled_card"), (failed.Status, failed.FailureReason));
        Assert.NotNull(failed.FailureBalanceTransactionId);
        Assert.Equal(["refund.created", "refund.updated", "refund.updated", "refund.failed"], Told[1..]);
        Assert.DoesNotContain(intent.Id, server.Books.Refunded.Keys);
        Assert.Equal("pending", (await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1130))).Status);
        Assert.Equal(2, server.Books.RefundsPer("refund_id")["re_1"]);
    }

    [Fact]
    public async Task The_next_refund_begins_as_the_test_says()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        server.NextRefundIs("succeeded");
        server.NextRefundIs("failed", "declined");
        server.NextRefundIs("requires_action");
        var states = new List<string>();
        for (var i = 0; i < 4; i++)
            states.Add((await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 100))).Status);
        Assert.Equal(["succeeded", "failed", "requires_action", "pending"], states);
        Assert.Equal(300, server.Books.Refunded[intent.Id]);
    }

    [Fact]
    public async Task PayNow_is_refunded_for_ninety_days()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        clock.Advance(TimeSpan.FromDays(90));
        await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1));
        clock.Advance(TimeSpan.FromSeconds(1));
        await StripeCalls.RefusedAsync(400, "charge_not_refundable", () => Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 1)));
    }

    [Fact]
    public async Task Refunds_are_listed_in_pages_newest_first()
    {
        var intent = await StripeCalls.PaidPayNowAsync(server, client);
        var other = await StripeCalls.PaidPayNowAsync(server, client);
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add((await Refunds.CreateAsync(StripeCalls.Refund(intent.Id, 10))).Id);
        await Refunds.CreateAsync(StripeCalls.Refund(other.Id, 10));
        made.Reverse();

        var first = await Refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 2 });
        Assert.Equal(made[..2], first.Select(refund => refund.Id));
        Assert.True(first.HasMore);
        var last = await Refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 3, StartingAfter = made[1] });
        Assert.Equal(made[2..], last.Select(refund => refund.Id));
        Assert.False(last.HasMore);
        var before = await Refunds.ListAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 2, EndingBefore = made[4] });
        Assert.Equal(made[2..4], before.Select(refund => refund.Id));

        var asked = server.Requests.Count;
        var all = new List<string>();
        await foreach (var refund in Refunds.ListAutoPagingAsync(new RefundListOptions { PaymentIntent = intent.Id, Limit = 2 }))
            all.Add(refund.Id);
        Assert.Equal(made, all);
        Assert.Equal(3, server.Requests.Count - asked);
        Assert.Equal(6, (await Refunds.ListAsync()).Data.Count);

        await StripeCalls.RefusedAsync(404, "resource_missing", () => Refunds.ListAsync(new RefundListOptions { PaymentIntent = "pi_1" }));
        await StripeCalls.RefusedAsync(404, "resource_missing", () => Refunds.ListAsync(new RefundListOptions { StartingAfter = "re_1" }));
        await StripeCalls.RefusedAsync(400, "parameter_invalid_integer", () => Refunds.ListAsync(new RefundListOptions { Limit = 101 }));
    }

    [Fact]
    public async Task A_dispute_takes_the_money_until_it_is_won()
    {
        var card = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow());
        var id = server.OpenDispute(card.PaymentIntentId);
        var dispute = await client.V1.Disputes.GetAsync(id);
        Assert.Equal(("needs_response", "fraudulent", 1130, card.PaymentIntentId), (dispute.Status, dispute.Reason, dispute.Amount, dispute.PaymentIntentId));
        Assert.Equal((-1130, 1500), (dispute.BalanceTransactions[0].Amount, dispute.BalanceTransactions[0].Fee));
        await StripeCalls.RefusedAsync(400, "charge_disputed", () => Refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 1)));

        server.ReviewDispute(id);
        server.CloseDispute(id, won: true);
        var won = await client.V1.Disputes.GetAsync(id);
        Assert.Equal(("won", 1130), (won.Status, won.BalanceTransactions[1].Amount));
        Assert.Equal(["charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"], Told[2..]);

        var other = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow());
        server.CloseDispute(server.OpenDispute(other.PaymentIntentId), won: false);
        Assert.Equal("lost", server.Objects("dispute")[1]["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_payout_is_what_came_in_less_fees_and_refunds()
    {
        var card = await StripeCalls.PaidCardAsync(server, client, clock.GetUtcNow(), 10_000);
        var paynow = await StripeCalls.PaidPayNowAsync(server, client, 2_000);
        await Refunds.CreateAsync(StripeCalls.Refund(card.PaymentIntentId, 3_000));
        await StripeCalls.PaidPayNowAsync(server, server.Client("acct_1"));

        var id = server.PayOut();
        Assert.Null(server.PayOut());

        var payout = await client.V1.Payouts.GetAsync(id!);
        Assert.Equal((10_000 - 390 + 2_000 - 26 - 3_000, "paid", "completed"), (payout.Amount, payout.Status, payout.ReconciliationStatus));
        var options = new BalanceTransactionListOptions { Payout = id, Limit = 2, Expand = ["data.source"] };
        var all = new List<BalanceTransaction>();
        await foreach (var transaction in client.V1.BalanceTransactions.ListAutoPagingAsync(options))
            all.Add(transaction);
        Assert.Equal(["payout", "refund", "payment", "charge"], all.Select(transaction => transaction.Type));
        Assert.Equal(0, all.Sum(transaction => transaction.Net));
        Assert.Equal(card.PaymentIntentId, Assert.IsType<Charge>(all[3].Source).PaymentIntentId);
        Assert.Equal(paynow.Id, Assert.IsType<Charge>(all[2].Source).PaymentIntentId);
        Assert.Equal(3_000, Assert.IsType<Refund>(all[1].Source).Amount);
        Assert.Equal("payout.reconciliation_completed", Told[^1]);
        Assert.Equal(1_115, server.Object(server.PayOut("acct_1")!)["amount"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_payout_that_fails_is_in_the_next_one()
    {
        await StripeCalls.PaidPayNowAsync(server, client);
        var failed = server.PayOut()!;
        server.FailPayout(failed);
        var payout = await client.V1.Payouts.GetAsync(failed);
        Assert.Equal(("failed", "account_closed"), (payout.Status, payout.FailureCode));
        Assert.Equal("payout.failed", Told[^1]);

        var manual = server.PayOut(automatic: false)!;
        Assert.Equal(payout.Amount, (await client.V1.Payouts.GetAsync(manual)).Amount);
        await StripeCalls.RefusedAsync(400, code: null, () => client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions { Payout = manual }));
        Assert.Equal("payout.failed", Told[^1]);
    }
}
