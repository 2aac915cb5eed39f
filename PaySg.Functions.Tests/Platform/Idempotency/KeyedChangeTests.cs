using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Idempotency;

[Trait("Category", "Rules")]
public sealed class KeyedChangeTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private readonly List<string> done = [];
    private readonly StorageTraffic traffic = new(storage: new StorageInMemory().Transport);
    private TableClient table = null!;

    public async Task InitializeAsync()
    {
        table = new TableClient(StorageInMemory.Connection, "counters", new TableClientOptions { Transport = traffic });
        await table.CreateAsync();
        await table.UpsertEntityAsync(new TableEntity("owner", "counter") { ["n"] = 0 });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_call_without_a_key_changes_each_time_and_leaves_no_record()
    {
        Assert.Equal("1", BodyOf(await CountAsync(key: null)));
        Assert.Equal("2", BodyOf(await CountAsync(key: null)));

        Assert.Equal(["counter"], await KeysAsync());
    }

    [Fact]
    public async Task A_repetition_is_answered_again_and_changes_nothing()
    {
        var first = await CountAsync("a");
        var again = await CountAsync("a");

        Assert.Equal((200, "1"), (first.Status, BodyOf(first)));
        Assert.Equal((200, "1"), (again.Status, BodyOf(again)));
        Assert.Equal(1, await CounterAsync());
        Assert.Equal(["decided", "written", "followed"], done);
    }

    [Fact]
    public async Task A_repetition_sees_what_was_recorded_where_that_differs()
    {
        Assert.Equal("1", BodyOf(await CountAsync("a", decision => decision with { Recorded = Answer("hidden") })));

        Assert.Equal("hidden", BodyOf(await CountAsync("a")));
    }

    [Fact]
    public async Task A_key_with_other_parameters_is_refused()
    {
        await CountAsync("a");

        var refusal = await Assert.ThrowsAnyAsync<ApiException>(() => CountAsync("a", parameters: new RequestParameters().With("n", "2")));

        Assert.Equal(409, refusal.Error.Status);
        Assert.Equal(1, await CounterAsync());
    }

    [Fact]
    public async Task Who_loses_reads_and_decides_again_and_follows_only_the_write_that_stands()
    {
        OthersWriteBefore(times: 1);

        var answer = await CountAsync("a");

        Assert.Equal("11", BodyOf(answer));
        Assert.Equal(["decided", "decided", "written", "followed"], done);
    }

    [Fact]
    public async Task Null_decides_again_and_writes_nothing_meanwhile()
    {
        var tries = 0;

        await CountAsync("a", decision => ++tries == 3 ? decision : null);

        Assert.Equal(1, await CounterAsync());
        Assert.Equal(["decided", "decided", "decided", "written", "followed"], done);
    }

    [Fact]
    public async Task Who_loses_to_what_stands_in_the_way_is_told_so()
    {
        OthersWriteBefore(times: 1);

        var refusal = await Assert.ThrowsAnyAsync<ApiException>(
            () => CountAsync("a", decision => decision with { WhenLost = () => throw ApiErrors.PaymentNotFound() }));

        Assert.Equal(404, refusal.Error.Status);
        Assert.Equal(["decided"], done);
    }

    [Fact]
    public async Task A_refusal_by_state_is_recorded_and_followed_by_nothing()
    {
        var first = await CountAsync("a", _ => throw ApiErrors.PaymentNotCancellable("paid"));
        var again = await CountAsync("a");

        Assert.Equal(402, first.Status);
        Assert.Equal((402, BodyOf(first)), (again.Status, BodyOf(again)));
        Assert.Equal(0, await CounterAsync());
        Assert.Equal(["decided"], done);
    }

    [Fact]
    public async Task A_refusal_by_state_of_a_call_without_a_key_is_thrown()
    {
        var refusal = await Assert.ThrowsAnyAsync<ApiException>(() => CountAsync(key: null, _ => throw ApiErrors.PaymentNotCancellable("paid")));

        Assert.Equal(402, refusal.Error.Status);
    }

    [Fact]
    public async Task Another_refusal_leaves_the_key_unused()
    {
        await Assert.ThrowsAnyAsync<ApiException>(() => CountAsync("a", _ => throw ApiErrors.PaymentNotFound()));

        Assert.Equal("1", BodyOf(await CountAsync("a")));
    }

    [Fact]
    public async Task What_is_refused_because_its_repetition_was_faster_is_answered_like_it()
    {
        var repetitions = 0;
        traffic.ComesBefore = async request =>
        {
            // The record has been looked for, and the row has not been read.
            if (request.Url.AbsolutePath.Contains("counter'", StringComparison.Ordinal) && repetitions++ == 0)
                await CountAsync("a");
        };

        var answer = await CountAsync("a", decision => BodyOf(decision.Answer) == "2" ? throw ApiErrors.WebhookEndpointNotFound() : decision);

        Assert.Equal("1", BodyOf(answer));
        Assert.Equal(1, await CounterAsync());
    }

    [Fact]
    public async Task A_refusal_by_state_costs_two_reads_and_its_record()
    {
        traffic.Forget();

        await CountAsync("a", _ => throw ApiErrors.PaymentNotCancellable("paid"));

        Assert.Equal(["GET", "GET", "POST"], traffic.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Who_has_left_before_the_first_read_changes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CountAsync("a", clientLeft: new CancellationToken(canceled: true)));

        Assert.Equal(0, await CounterAsync());
    }

    [Fact]
    public async Task Who_leaves_while_it_is_decided_cancels_nothing()
    {
        using var leaves = new CancellationTokenSource();

        await CountAsync(
            "a",
            decision =>
            {
                leaves.Cancel();
                return decision;
            },
            clientLeft: leaves.Token);

        Assert.Equal(["decided", "written", "followed"], done);
    }

    private Task<ApiAnswer> CountAsync(
        string? key, Func<Decision, Decision?>? decide = null, RequestParameters? parameters = null, CancellationToken clientLeft = default)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.Path = "/counter";
        if (key is not null)
            request.Headers["Idempotency-Key"] = key;
        var ids = new IdGenerator(clock, new SystemRandomSource());
        var calls = new KeyedCalls(ids, clock);
        return new KeyedChange(calls, new HotRowRetry(clock, FixedRandom.Lowest), new Follower(this), ids, clock).RunAsync(
            new ApiCall(request, "req", clientLeft),
            new KeySpace("caller", table, "owner"),
            parameters ?? RequestParameters.None,
            read: async token => (await table.GetEntityAsync<TableEntity>("owner", "counter", cancellationToken: token)).Value,
            decide: (row, group, _) =>
            {
                done.Add("decided");
                var n = row.GetInt32("n")!.Value + 1;
                group.Replace(new TableEntity("owner", "counter") { ["n"] = n }, row.ETag);
                var decision = new Decision(Answer($"{n}")).Then(() => done.Add("written"));
                return Task.FromResult(decide is null ? decision : decide(decision));
            });
    }

    /// <summary>Another writer sets the counter to 10 before each of the first writes.</summary>
    private void OthersWriteBefore(int times)
    {
        traffic.ComesBefore = async request =>
        {
            if (request.IsTransaction && times-- > 0)
                await table.UpsertEntityAsync(new TableEntity("owner", "counter") { ["n"] = 10 });
        };
    }

    private static ApiAnswer Answer(string body) => new(200, Encoding.UTF8.GetBytes(body));

    private static string BodyOf(ApiAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private async Task<int> CounterAsync() => (await table.GetEntityAsync<TableEntity>("owner", "counter")).Value.GetInt32("n")!.Value;

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>("PartitionKey eq 'owner'"))
            keys.Add(row.RowKey);
        return keys;
    }

    /// <summary>Sees that the rows stand when it is called.</summary>
    private sealed class Follower(KeyedChangeTests test) : IAfterWrite
    {
        public async Task RunAsync(EntityGroup written, DateTimeOffset now)
        {
            Assert.Equal(written.WriteId, (await test.table.GetEntityAsync<TableEntity>("owner", "counter")).Value.GetString(EntityGroup.WriteIdColumn));
            test.done.Add("followed");
        }
    }
}
