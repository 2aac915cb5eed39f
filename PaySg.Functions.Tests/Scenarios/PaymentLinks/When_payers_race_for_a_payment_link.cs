using System.Net;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Two LocalHost processes on one store, so that no lock inside a process can help.</summary>
[Collection(Alone.Name)]
public sealed class When_payers_race_for_a_payment_link(TwoLocalHosts hosts) : IClassFixture<TwoLocalHosts>
{
    private readonly string connection = hosts.Connection;

    [Fact]
    public async Task Should_take_twenty_of_fifty_payers_where_the_link_has_twenty_uses()
    {
        var link = await StoredLinks.AddLinkAsync(connection, A.PaymentLink().MaxUsage(20));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => hosts.ClientOf(i).AttemptAsync(link)));

        Assert.Equal(20, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.Status == HttpStatusCode.OK), answer => Assert.Equal("paid", answer["status"]));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.Contains(answer.Expect(HttpStatusCode.PaymentRequired).ErrorCode, (string[])["payment_link_used_up", "charged_too_late"]));
        await BooksAgreeAsync();
        Assert.Equal(20, (await StoredLinks.LinkAsync(connection, link)).CurrentUsage);
    }

    [Fact]
    public async Task Should_charge_once_for_many_requests_with_one_idempotency_key()
    {
        var link = await StoredLinks.AddLinkAsync(connection);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => hosts.ClientOf(i).AttemptAsync(link, idempotencyKey: "one-and-the-same")));

        // Who asks while the first is under way is told to come again.
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer =>
            Assert.Equal("idempotency_key_in_use", answer.Expect(HttpStatusCode.Conflict).ErrorCode));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.OK).Select(answer => answer.Body).Distinct());
        Assert.Single(await StoredLinks.AttemptsAsync(connection, link));
        Assert.Equal("idempotency_key_mismatch", (await hosts.ClientOf(0).AttemptAsync(link, "failed", idempotencyKey: "one-and-the-same")).Expect(HttpStatusCode.Conflict).ErrorCode);
        await BooksAgreeAsync();
    }

    [Fact]
    public async Task Should_pay_once_by_one_form_that_is_sent_a_hundred_times()
    {
        var link = await StoredLinks.AddLinkAsync(connection);
        using var pages = new LinkPageClient(hosts.First.Client.BaseAddress);
        using var otherPages = new LinkPageClient(hosts.Second.Client.BaseAddress);
        var form = await pages.FormAsync(link, "NICEPAY_CARD");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? pages : otherPages).SubmitAsync(link, form)));

        // Whoever loses the race for the record for too long is asked to come again; nobody is charged by that.
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.ServiceUnavailable]));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.SeeOther);
        var attempt = Assert.Single(await StoredLinks.AttemptsAsync(connection, link));
        Assert.Contains("Rp 20.000 paid", PageText.Heading(await otherPages.FollowAsync(link, form)), StringComparison.Ordinal);
        Assert.Equal(1, (await StoredLinks.LinkAsync(connection, link)).CurrentUsage);
        Assert.Single(await StoredRows.OfAsync(connection, "paysgsandbox", "charge"), row => row.PartitionKey == attempt.ReffNo);
        await BooksAgreeAsync();
    }

    [Fact]
    public async Task Should_delete_a_link_or_take_its_first_payer_and_never_both()
    {
        var links = new List<PaymentLink>();
        for (var i = 0; i < 12; i++)
            links.Add(await StoredLinks.AddLinkAsync(connection));
        using var singapay = new SingapayClient(hosts.Second.Client.BaseAddress);
        await singapay.TokenAsync();

        var outcomes = await Task.WhenAll(links.Select(async (link, i) =>
        {
            var pay = hosts.ClientOf(i).AttemptAsync(link);
            var delete = singapay.DeleteAsync(singapay.LinksPath(link.Id));
            return ((await pay).Status, (await delete).Status);
        }));

        Assert.All(outcomes, outcome => Assert.Contains(
            outcome, ((HttpStatusCode, HttpStatusCode)[])[(HttpStatusCode.OK, HttpStatusCode.Forbidden), (HttpStatusCode.NotFound, HttpStatusCode.OK)]));
        await BooksAgreeAsync();
    }

    private async Task BooksAgreeAsync()
    {
        await using var parts = PaySgParts.Build(connection);
        await OutboxWork.AllAsync(connection, parts.Get<IServiceProvider>(), SingapayClient.AccountId);
        (await LinkBook.ReadAsync(connection)).Check();
    }
}
