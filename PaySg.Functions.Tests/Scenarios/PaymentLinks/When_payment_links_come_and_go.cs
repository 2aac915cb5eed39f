using Azure.Data.Tables;
using FsCheck;
using FsCheck.Fluent;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// Random creates, deletes and lists at two processes on one store, one after the other and many at once. There are so many old links that lists
/// count and move the count all the time.
/// </summary>
public sealed class When_payment_links_come_and_go(TwoLocalHosts hosts, ITestOutputHelper output) : IClassFixture<TwoLocalHosts>, IAsyncLifetime
{
    private const int Old = 1_050;
    private const string Table = "paysgpaymentlinks";
    private readonly string connection = hosts.Connection;
    private PaySgParts parts = null!;
    private SingapayClient[] clients = [];
    private List<long> model = [];

    private enum Call
    {
        Create,
        CreateTwice,
        Delete,
        List,
        CountAnew,
    }

    public async Task InitializeAsync()
    {
        clients = [new SingapayClient(hosts.First.Client.BaseAddress), new SingapayClient(hosts.Second.Client.BaseAddress)];
        parts = PaySgParts.Build(connection);

        // Another test of this class may have begun with them already.
        var there = await LinksAsync();
        model = there.Count > 0 ? [.. there.Select(link => link.Id)] : [.. await parts.Get<IServiceProvider>().SeedLinksAsync(Old)];
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task Should_list_what_is_there_whatever_came_before()
    {
        var seed = Seed();
        foreach (var (call, number) in Draw(seed, 60))
        {
            var client = clients[number % 2];
            await DoAsync(client, call, number);
            if (call is Call.Create or Call.CreateTwice or Call.Delete && number % 3 != 0)
                continue;

            var perPage = 1 + (number % PaymentLinkPageRequest.MaxPerPage);
            var page = 1 + (number / 7 % Math.Min(1 + (model.Count / perPage), PaymentLinkPageRequest.Deepest / perPage));
            var (ids, pagination) = await client.ListLinksAsync(FormattableString.Invariant($"?page={page}&per_page={perPage}"));
            Told(seed, () =>
            {
                Assert.Equal(model.Skip((page - 1) * perPage).Take(perPage), ids);
                Assert.Equal(model.Count, pagination.GetProperty("total").GetInt32());
            });
        }

        await CheckAsync(seed);
    }

    [Fact]
    [Trait("Category", "Long")]
    public Task Should_agree_in_the_end_when_many_come_at_once() => AtOnceAsync(rounds: 60);

    private static (Call Call, int Number)[] Draw(ulong seed, int count) => Gen.Zip(
            Gen.Frequency(
                (4, Gen.Constant(Call.Create)), (2, Gen.Constant(Call.CreateTwice)), (4, Gen.Constant(Call.Delete)), (4, Gen.Constant(Call.List)), (2, Gen.Constant(Call.CountAnew))),
            Gen.Choose(0, 10_000))
        .ArrayOf(count).Sample(1, new Rnd(seed), 1).Single();

    private static void Told(ulong seed, Action check)
    {
        try
        {
            check();
        }
        catch (Exception failure)
        {
            throw new XunitException($"{TestSeed.Replay(seed)}\n{failure.Message}", failure);
        }
    }

    private async Task AtOnceAsync(int rounds)
    {
        var seed = Seed();
        foreach (var round in Draw(seed, rounds * 12).Chunk(12))
        {
            await DoAsync(clients[0], Call.CountAnew, 0);
            await Task.WhenAll(round.Select((step, i) => DoAsync(clients[i % 2], step.Call, step.Number)));
            await CheckAsync(seed);
        }
    }

    private async Task DoAsync(SingapayClient client, Call call, int number)
    {
        switch (call)
        {
            case Call.Create:
                Created(await client.CreatedLinkIdAsync());
                break;
            case Call.CreateTwice:
                // Two at once of one reff_no, which an earlier link may have had: one of them, or none where that one is still there.
                var request = A.NewPaymentLink(FormattableString.Invariant($"TWICE-{number % 5}"));
                foreach (var answer in await Task.WhenAll(clients.Select(each => each.CreateLinkAsync(request))))
                {
                    if ((int)answer.Status == 422)
                        answer.ExpectSingapayError(422, "Validation error", "reff_no");
                    else
                        Created(answer.Data().Id());
                }

                break;
            case Call.Delete:
                if (Pick(number) is { } id)
                    (await client.DeleteLinkAsync(id)).Data();
                break;
            case Call.List:
                await client.ListLinksAsync("?per_page=1");
                break;
            case Call.CountAnew:
                // Nothing counted is always a true count; the next list counts all.
                await parts.Tables.PaymentLinks.UpsertEntityAsync(ListedRows.Links.WriteCount(SingapayClient.AccountId, PaymentLinkCount.Nothing), TableUpdateMode.Replace);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(call));
        }
    }

    private void Created(long id)
    {
        lock (model)
        {
            model.Add(id);
            model.Sort((a, b) => b.CompareTo(a));
        }
    }

    /// <summary>Takes a link out of the model, so that nobody else deletes it.</summary>
    private long? Pick(int number)
    {
        lock (model)
        {
            var place = number % model.Count;
            var id = model[place];
            model.RemoveAt(place);
            return id;
        }
    }

    /// <summary>Nobody writes now: the rows, the count and both processes agree with what the clients were told.</summary>
    private async Task CheckAsync(ulong seed)
    {
        var links = await LinksAsync();
        var names = await StoredRows.OfAsync(connection, Table, "r:");
        var count = ListedRows.ReadCount(Assert.Single(await StoredRows.OfAsync(connection, Table, PaymentLinkRows.CountKey)));
        Told(seed, () =>
        {
            Assert.Equal(model, links.Select(link => link.Id));
            Assert.Equal(links.Count(link => count.Covers(link.Id)), count.Count);
            Assert.Equal(
                links.Select(link => (PaymentLinkRows.NameKey(link.ReffNo), link.Id)).Order(),
                names.Where(name => PaymentLinkRows.ReadName(name) is not null).Select(name => (name.RowKey, PaymentLinkRows.ReadName(name)!.Value)).Order());
        });
        foreach (var link in links.Where(link => link.ReffNo.StartsWith("TWICE", StringComparison.Ordinal)))
            Assert.Equal(link.Id, (await parts.Get<PaymentLinkStore>().FindByReffNoAsync(link.ReffNo, CancellationToken.None))?.Link.Id);
        foreach (var client in clients)
            Assert.Equal(model.Count, (await client.ListLinksAsync("?per_page=2")).Pagination.GetProperty("total").GetInt32());
    }

    /// <summary>All links that are stored, newest first.</summary>
    private async Task<List<PaymentLink>> LinksAsync() =>
        [.. (await StoredRows.OfAsync(connection, Table, PaymentLinkRows.Prefix)).Select(PaymentLinkRows.Read).OrderByDescending(link => link.Id)];

    private ulong Seed()
    {
        var seed = TestSeed.Next();
        output.WriteLine(TestSeed.Replay(seed));
        return seed;
    }
}
