using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_refund_is_emailed(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Should_bring_a_credit_note_for_each_refund_once_at_the_price_of_one_queue_message()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        (await app.Client.PayAsync(id)).Expect(HttpStatusCode.OK);
        app.HttpTraffic.Forget();

        (await app.Client.RefundAsync(id, 130, "once")).Expect(HttpStatusCode.OK);
        Assert.Equal(4, app.HttpTraffic.TableRequests.Count(request => !request.Url.AbsolutePath.Contains("paysgsandbox", StringComparison.Ordinal) && !request.Writes("paysgsandbox")));
        Assert.Single(app.HttpTraffic.QueueRequests);
        (await app.Client.RefundAsync(id, 130, "once")).Expect(HttpStatusCode.OK);
        (await app.Client.RefundAsync(id, 1000)).Expect(HttpStatusCode.OK);

        var mails = (await app.Client.MailsAsync(3)).Select(mail => (Subject: mail.GetProperty("subject").GetString()!, Text: mail.GetProperty("text").GetString()!)).ToList();
        Assert.Equal(
            ["Demo agency: receipt for S$11.30 (INV-2026-0001)", "Demo agency: refund of S$1.30 (INV-2026-0001)", "Demo agency: refund of S$10.00 (INV-2026-0001)"],
            mails.Select(mail => mail.Subject).Order(StringComparer.Ordinal));
        var first = mails.Single(mail => mail.Subject.Contains("S$1.30", StringComparison.Ordinal)).Text;
        foreach (var fact in (string[])["Demo agency has refunded S$1.30 of the S$11.30 you paid.", $"Credit note number: {id}-C1", $"For receipt: {id}", "Reason: Partial refund", "Total refunded: S$1.30", "Reference: INV-2026-0001"])
            Assert.Contains(fact, first, StringComparison.Ordinal);
        await LocalHost.Eventually.TrueAsync(() => app.Log.Of(5001).Count == 3);
        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgpayments", "m:")).Count(row => row.GetString("state") == "Sent"));
    }

    [Fact]
    public async Task Should_bring_none_for_a_refund_that_is_refused_or_to_a_payer_without_an_address()
    {
        using var pages = new PageClient(shared.App.BaseAddress);
        var refused = await shared.Client.CreatedPaymentAsync(A.Payment().With("payer_email", "payer@example.com"));
        await pages.FollowAsync(refused, PageClient.Card("4000 0000 0000 5126"));
        var silent = await shared.Client.CreatedPaymentAsync();
        (await shared.Client.PayAsync(silent)).Expect(HttpStatusCode.OK);

        Assert.Equal("refund_failed", (await shared.Client.RefundAsync(refused, 130)).Expect(HttpStatusCode.PaymentRequired).ErrorCode);
        (await shared.Client.RefundAsync(silent, 130)).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain(await StoredRows.OfAsync(shared.App.Connection, "paysgpayments", "m:"), row => row.GetString("kind") == "Refund");
    }
}
