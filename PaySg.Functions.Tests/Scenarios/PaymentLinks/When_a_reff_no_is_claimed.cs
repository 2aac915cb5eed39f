using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>The claim of a <c>reff_no</c> and its link are in two partitions: whatever comes between the two writes, there is at most one link, and the payer's page finds it.</summary>
public sealed class When_a_reff_no_is_claimed
{
    private const string Table = "paysgpaymentlinks";

    [Fact]
    public async Task Should_let_the_account_create_it_after_a_death_between_claim_and_link()
    {
        await using var app = await PaySgApp.StartAsync();
        using var other = await app.OtherMerchantAsync();
        var request = A.NewPaymentLink("INV-1");
        await app.Singapay.TokenAsync();
        var death = Death.Before(app.HttpTraffic, WritesLink);
        (await app.Singapay.CreateLinkAsync(request)).ExpectSingapayError(500);
        Assert.True(death.Happened);
        death.Replace();
        Assert.Empty((await app.Singapay.ListLinksAsync()).Ids);

        (await other.CreateLinkAsync(request)).ExpectSingapayError(422, "Validation error", "reff_no");
        var link = await app.Singapay.CreatedLinkAsync(request);

        Assert.Equal(link.Id(), await PageOfAsync(app, "INV-1"));
        Assert.Equal([link.Id()], (await app.Singapay.ListLinksAsync()).Ids);
        (await app.Singapay.CreateLinkAsync(request)).ExpectSingapayError(422, "Validation error", "reff_no");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Should_create_one_link_where_the_answer_to_a_write_is_lost(int which)
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Singapay.TokenAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        app.HttpTraffic.LosesAnswerOf = request => request.Writes(Table) && seen.Add(request.Body) && seen.Count == which + 1;

        var link = await app.Singapay.CreatedLinkAsync(A.NewPaymentLink("INV-1"));

        Assert.Equal(2, seen.Count);
        Assert.Equal([link.Id()], (await app.Singapay.ListLinksAsync()).Ids);
        Assert.Equal(link.Id(), await PageOfAsync(app, "INV-1"));
    }

    [Fact]
    public async Task Should_delete_once_where_the_answer_is_lost()
    {
        await using var app = await PaySgApp.StartAsync();
        var id = await app.Singapay.CreatedLinkIdAsync();
        var lost = 0;
        app.HttpTraffic.LosesAnswerOf = request => request.Writes(Table) && Interlocked.CompareExchange(ref lost, 1, 0) == 0;

        var data = (await app.Singapay.DeleteLinkAsync(id)).Data();

        Assert.Equal((1, """{"message":"Payment Link deleted successfully"}"""), (lost, data.GetRawText()));
        Assert.Empty((await app.Singapay.ListLinksAsync()).Ids);
    }

    [Fact]
    public async Task Should_be_the_accounts_for_ever_and_free_for_its_next_link()
    {
        await using var app = await PaySgApp.StartAsync();
        using var other = await app.OtherMerchantAsync();
        var request = A.NewPaymentLink("INV-1");
        var first = await app.Singapay.CreatedLinkIdAsync(request);
        (await app.Singapay.DeleteLinkAsync(first)).Data();
        Assert.Null(await PageOfAsync(app, "INV-1"));
        (await app.Singapay.GetLinkAsync(first)).ExpectSingapayError(404, "Payment Link not found.");
        (await app.Singapay.DeleteLinkAsync(first)).ExpectSingapayError(404, "Payment Link not found.");

        (await other.CreateLinkAsync(request)).ExpectSingapayError(422, "Validation error", "reff_no");
        var second = await app.Singapay.CreatedLinkIdAsync(request);

        Assert.NotEqual(first, second);
        Assert.Equal(second, await PageOfAsync(app, "INV-1"));
        Assert.Equal([second], (await app.Singapay.ListLinksAsync()).Ids);
    }

    [Fact]
    public async Task Should_go_to_one_of_two_accounts_that_want_it_at_once()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var instance = await PaySgApp.StartAsync(app.Connection);
        using var other = await app.OtherMerchantAsync();
        SingapayClient[] clients = [app.Singapay, other, instance.Singapay];
        await Task.WhenAll(clients.Select(client => client.TokenAsync()));

        for (var round = 0; round < 5; round++)
        {
            var request = A.NewPaymentLink();
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => clients[i % 3].CreateLinkAsync(request)));

            var link = Assert.Single(answers, answer => (int)answer.Status == 200).Data();
            Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.ExpectSingapayError(422, "Validation error", "reff_no"));
            Assert.Equal(link.Id(), await PageOfAsync(app, link.ReffNo()));
        }

        Assert.Equal(5, (await app.Singapay.ListLinksAsync()).Ids.Count + (await other.ListLinksAsync()).Ids.Count);
    }

    [Fact]
    public async Task Should_lead_to_the_link_that_won_where_two_creates_pass_each_other()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var instance = await PaySgApp.StartAsync(app.Connection);
        var request = A.NewPaymentLink("INV-1");
        await app.Singapay.TokenAsync();
        var winner = 0L;

        // The first instance has claimed and is about to write its link: the other claims over and is done before.
        app.HttpTraffic.ComesBefore = async sent =>
        {
            if (WritesLink(sent) && winner == 0)
                winner = await instance.Singapay.CreatedLinkIdAsync(request);
        };
        (await app.Singapay.CreateLinkAsync(request)).ExpectSingapayError(422, "Validation error", "reff_no");

        Assert.Equal([winner], (await app.Singapay.ListLinksAsync()).Ids);
        Assert.Equal(winner, await PageOfAsync(app, "INV-1"));
        Assert.Equal(winner, await ClaimedAsync(app, "INV-1"));
    }

    [Fact]
    public async Task Should_be_put_right_by_the_loser_that_claimed_last()
    {
        await using var app = await PaySgApp.StartAsync();
        await using var instance = await PaySgApp.StartAsync(app.Connection);
        var request = A.NewPaymentLink("INV-1");
        (await app.Singapay.DeleteLinkAsync(await app.Singapay.CreatedLinkIdAsync(request))).Data();
        await instance.Singapay.TokenAsync();
        var winner = 0L;
        var loserClaimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var winnerWrote = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // The winner has claimed; then the loser claims and waits; the winner writes; the loser meets the name.
        instance.HttpTraffic.ComesBefore = sent => WritesLink(sent) ? Task.WhenAll(Done(loserClaimed), winnerWrote.Task) : Task.CompletedTask;
        Task<Answer>? losing = null;
        app.HttpTraffic.ComesBefore = async sent =>
        {
            if (WritesLink(sent) && losing is null)
            {
                losing = instance.Singapay.CreateLinkAsync(request);
                await loserClaimed.Task;
            }
        };
        winner = await app.Singapay.CreatedLinkIdAsync(request);
        Assert.NotEqual(winner, await ClaimedAsync(app, "INV-1"));
        Assert.Equal(winner, await PageOfAsync(app, "INV-1"));
        winnerWrote.SetResult();
        (await losing!).ExpectSingapayError(422, "Validation error", "reff_no");

        Assert.Equal(winner, await ClaimedAsync(app, "INV-1"));
        Assert.Equal([winner], (await app.Singapay.ListLinksAsync()).Ids);
    }

    [Fact]
    public async Task Should_lead_to_its_own_link_where_two_ids_meet()
    {
        var clock = new SkippingClock();
        await using var app = await PaySgApp.StartAsync(services: (group, services) =>
        {
            if (group == "http")
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                services.Replace(ServiceDescriptor.Singleton<IRandomSource>(new MeetingIds()));
            }
        });

        var first = await app.Singapay.CreatedLinkIdAsync(A.NewPaymentLink("INV-1"));
        Assert.Empty(clock.Waits);
        var second = await app.Singapay.CreatedLinkIdAsync(A.NewPaymentLink("INV-2"));

        Assert.NotEmpty(clock.Waits);
        Assert.NotEqual(first, second);
        Assert.Equal((first, second), (await PageOfAsync(app, "INV-1"), await PageOfAsync(app, "INV-2")));
        Assert.Equal((first, second), (await ClaimedAsync(app, "INV-1"), await ClaimedAsync(app, "INV-2")));
        Assert.Equal([second, first], (await app.Singapay.ListLinksAsync()).Ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_never_lead_to_the_link_of_another_reff_no(bool nameExists)
    {
        await using var app = await PaySgApp.StartAsync();
        var mine = await app.Singapay.CreatedLinkIdAsync(A.NewPaymentLink("INV-1"));
        var others = await app.Singapay.CreatedLinkIdAsync(A.NewPaymentLink("INV-2"));
        if (!nameExists)
            (await app.Singapay.DeleteLinkAsync(mine)).Data();
        await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.UpsertEntityAsync(
            PaymentLinkRows.WriteClaim("INV-1", SingapayClient.AccountId, others), TableUpdateMode.Replace);

        Assert.Equal(nameExists ? mine : null, await PageOfAsync(app, "INV-1"));
    }

    [Fact]
    public async Task Should_not_be_found_before_it_is_made()
    {
        await using var app = await PaySgApp.StartAsync();

        Assert.Null(await PageOfAsync(app, "INV-1"));
    }

    private static Task Done(TaskCompletionSource source)
    {
        source.TrySetResult();
        return Task.CompletedTask;
    }

    private static bool WritesLink(StorageRequest request) => request.Writes(Table) && request.Body.Contains("\"RowKey\":\"l:", StringComparison.Ordinal);

    private static async Task<long?> PageOfAsync(PaySgApp app, string reffNo) =>
        (await app.Services.GetRequiredService<PaymentLinkStore>().FindByReffNoAsync(reffNo, CancellationToken.None))?.Link.Id;

    private static async Task<long> ClaimedAsync(PaySgApp app, string reffNo) => PaymentLinkRows.ReadClaim(
        (await app.Services.GetRequiredService<PaySgTables>().PaymentLinks.GetEntityAsync<TableEntity>(PaymentLinkRows.ClaimPartition(reffNo), PaymentLinkRows.Claim)).Value).LinkId;
}
