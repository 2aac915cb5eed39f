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
public sealed class KeyedCallTests : IAsyncLifetime
{
    private readonly SkippingClock clock = new();
    private readonly TableClient table = new(StorageInMemory.Connection, "payments", new TableClientOptions { Transport = new StorageInMemory().Transport });

    private IdGenerator Ids => new(clock, new SystemRandomSource());

    public Task InitializeAsync() => table.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_stored_first_counts()
    {
        Assert.Equal("first", BodyOf(await Keyed("a").StoreAsync(Answer("first"))));
        Assert.Equal("first", BodyOf(await Keyed("a").StoreAsync(Answer("second"))));
        Assert.Equal("first", BodyOf((await Keyed("a").FindAnswerAsync())!));
        Assert.Equal("other", BodyOf(await Keyed("b").StoreAsync(Answer("other"))));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_stored_and_nothing_found()
    {
        var call = Keyed(key: null);
        var group = new EntityGroup("w");

        Assert.Equal("answer", BodyOf(await call.StoreAsync(Answer("answer"))));
        Assert.Null(await call.FindAnswerAsync());
        call.AddTo(group, Answer("answer"), clock.GetUtcNow());
        Assert.Empty(group.Actions);
        Assert.Null(call.Request);
    }

    [Fact]
    public async Task A_refusal_by_state_keeps_the_id_of_the_call_and_is_the_answer_of_repetitions()
    {
        var refused = await Keyed("a", "req_1").RunAsync(() => throw ApiErrors.PaymentNotCancellable("paid"));
        var again = await Keyed("a", "req_2").FindAnswerAsync();

        Assert.Equal(402, refused.Status);
        Assert.Contains("req_1", BodyOf(again!), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ApiException>(() => Keyed(key: null).RunAsync(() => throw ApiErrors.PaymentNotCancellable("paid")));
    }

    [Fact]
    public async Task A_form_is_sent_once_whatever_else_is_in_it()
    {
        var calls = new KeyedCalls(Ids, clock);
        KeyedCall OfForm(string page, string key) => calls.OfForm(new ApiCall(new DefaultHttpContext().Request, "req_1"), table, "owner", page, key);

        await OfForm("/pay/1", "k").StoreAsync(Answer("paid"));

        Assert.Equal("paid", BodyOf((await OfForm("/pay/1", "k").FindAnswerAsync())!));
        Assert.Null(await OfForm("/pay/2", "k").FindAnswerAsync());
        Assert.Null(await OfForm("/pay/1", "l").FindAnswerAsync());
        Assert.Equal(IdempotentRequest.Of("form", "POST", "/pay/1", "k", RequestParameters.None.OnceWrittenAs("")), OfForm("/pay/1", "k").Request);
    }

    [Fact]
    public async Task What_is_created_is_created_once_for_each_key_and_nothing_is_read_for_it()
    {
        var created = 0;
        Task<ApiAnswer> CreateAsync(string? key) => Change.RunAsync(Call(key), Space, RequestParameters.None, (_, _) =>
            Task.FromResult(new Decision(Answer($"{++created}"))));

        Assert.Equal("1", BodyOf(await CreateAsync("a")));
        Assert.Equal("1", BodyOf(await CreateAsync("a")));
        Assert.Equal("2", BodyOf(await CreateAsync("b")));
    }

    [Fact]
    public async Task A_decision_that_awaits_nothing_is_made_of_what_was_read()
    {
        var answer = await Change.RunAsync(Call("a"), Space, RequestParameters.None, _ => Task.FromResult("read"), (read, _, _) => new Decision(Answer(read)));

        Assert.Equal("read", BodyOf(answer));
    }

    private KeyedChange Change => new(new KeyedCalls(Ids, clock), new HotRowRetry(clock, FixedRandom.Lowest), new Nothing(), Ids, clock);

    private KeySpace Space => new("caller", table, "owner");

    private static ApiCall Call(string? key, string requestId = "req_1")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.Path = "/payments";
        if (key is not null)
            request.Headers["Idempotency-Key"] = key;
        return new ApiCall(request, requestId);
    }

    private static ApiAnswer Answer(string body) => new(200, Encoding.UTF8.GetBytes(body));

    private static string BodyOf(ApiAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);

    private KeyedCall Keyed(string? key, string requestId = "req_1") => new KeyedCalls(Ids, clock).Of(Call(key, requestId), Space, RequestParameters.None);

    private sealed class Nothing : IAfterWrite
    {
        public Task RunAsync(EntityGroup written, DateTimeOffset now) => Task.CompletedTask;
    }
}
