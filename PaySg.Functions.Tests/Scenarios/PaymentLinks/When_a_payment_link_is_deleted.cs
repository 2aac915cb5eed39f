using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payment_link_is_deleted(SharedApp shared) : IClassFixture<SharedApp>
{
    private SingapayClient Singapay => shared.App.Singapay;

    private PaymentLinkStore Links => shared.App.Services.GetRequiredService<PaymentLinkStore>();

    [Fact]
    public async Task Should_be_gone()
    {
        var link = await Singapay.CreatedLinkAsync();

        var answer = await Singapay.DeleteLinkAsync(link.Id());

        Assert.Equal("""{"status":200,"success":true,"data":{"message":"Payment Link deleted successfully"}}""", answer.Body);
        (await Singapay.GetLinkAsync(link.Id())).ExpectSingapayError(404, "Payment Link not found.");
        (await Singapay.UpdateLinkAsync(link.Id(), A.PaymentLinkUpdate())).ExpectSingapayError(404, "Payment Link not found.");
        (await Singapay.DeleteLinkAsync(link.Id())).ExpectSingapayError(404, "Payment Link not found.");
        Assert.Null(await Links.FindByReffNoAsync(link.ReffNo(), CancellationToken.None));
        var name = Assert.Single(await StoredRows.OfAsync(shared.App.Connection, "paysgpaymentlinks", $"r:{link.ReffNo()}"));
        Assert.Null(PaymentLinkRows.ReadName(name));
    }

    /// <summary>Storage may do a request whose sender gave up as much as 30 s later: behind its repetition, and behind the delete.</summary>
    [Fact]
    public async Task Should_stay_gone_where_its_create_comes_once_more()
    {
        var created = await Singapay.CreatedLinkAsync();
        var link = (await Links.FindByReffNoAsync(created.ReffNo(), CancellationToken.None))!.Link;
        (await Singapay.DeleteLinkAsync(link.Id)).Data();

        var late = new EntityGroup("late").Insert(PaymentLinkRows.Write(link)).Insert(PaymentLinkRows.WriteName(link));

        Assert.IsType<WriteResult.Conflict>(await shared.App.Services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(late, CancellationToken.None));
        (await Singapay.GetLinkAsync(link.Id)).ExpectSingapayError(404, "Payment Link not found.");
    }

    [Fact]
    public async Task Should_leave_its_name_to_the_next_link()
    {
        var first = await Singapay.CreatedLinkAsync();
        var wanted = A.NewPaymentLink().With("reff_no", first.ReffNo());
        (await Singapay.CreateLinkAsync(wanted)).ExpectSingapayError(422);

        for (var again = 0; again < 2; again++)
        {
            var id = (await Links.FindByReffNoAsync(first.ReffNo(), CancellationToken.None))!.Link.Id;
            await Singapay.DeleteLinkAsync(id);
            var next = await Singapay.CreatedLinkAsync(wanted);
            Assert.Equal(next.Id(), (await Links.FindByReffNoAsync(first.ReffNo(), CancellationToken.None))!.Link.Id);
        }
    }

    [Fact]
    public async Task Should_be_refused_once_a_payer_has_begun_to_pay()
    {
        var id = await Singapay.CreatedLinkIdAsync();
        await BeginAsync(id);

        var refused = await shared.App.RefusedAsync(client => client.DeleteLinkAsync(id), 403);

        Assert.Contains("payment histories", refused.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(id, (await Singapay.GetLinkAsync(id)).Data().Id());
    }

    [Fact]
    public async Task Should_be_refused_where_a_payer_begins_just_then()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Singapay.CreatedLinkIdAsync();
        var begun = false;
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (!request.IsTransaction || begun)
                return;
            begun = true;
            await BeginAsync(id, app);
        };

        (await app.Singapay.DeleteLinkAsync(id)).ExpectSingapayError(403);

        Assert.True(begun);
        Assert.Equal([id], (await app.Singapay.ListLinksAsync()).Ids);
    }

    [Fact]
    public async Task Should_be_told_once_to_many_who_ask_at_once()
    {
        await using var one = await PaySgApp.StartAsync();
        await using var other = await PaySgApp.StartAsync(one.Connection);
        var id = await one.Singapay.CreatedLinkIdAsync();
        await other.Singapay.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : other).Singapay.DeleteLinkAsync(id)));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.ExpectSingapayError(404, "Payment Link not found."));
    }

    private async Task BeginAsync(long id, PaySgApp? app = null)
    {
        var services = (app ?? shared.App).Services;
        var stored = (await services.GetRequiredService<PaymentLinkStore>().FindAsync(SingapayClient.AccountId, id, CancellationToken.None))!;
        var group = new EntityGroup("begun").Replace(PaymentLinkRows.Write(stored.Link.WithHistories()), stored.Version);
        Assert.IsType<WriteResult.Committed>(await services.GetRequiredService<PaySgTables>().PaymentLinks.SubmitAsync(group, CancellationToken.None));
    }
}
