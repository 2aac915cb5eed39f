using System.Text;
using Azure.Data.Tables;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Idempotency;

[Trait("Category", "Rules")]
public sealed class IdempotencyRecordsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 7, 59, 59, TimeSpan.FromHours(8));
    private static readonly IdempotentRequest Request = new("0a1b", "1:aa") { OldFingerprint = "bb" };
    private static readonly ApiAnswer Created = new(201, Encoding.UTF8.GetBytes("""{"id":"1"}"""));

    private readonly TableClient table = new(StorageInMemory.Connection, "payments", new TableClientOptions { Transport = new StorageInMemory().Transport });
    private int writes;

    public Task InitializeAsync() => table.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_has_no_key_and_who_has_an_unused_one_have_no_answer()
    {
        Assert.Null(await table.FindRecordAsync("owner", request: null, CancellationToken.None));
        Assert.Null(await FindAsync(Request));
    }

    [Fact]
    public async Task A_decided_request_is_answered_as_it_was_and_the_answer_says_so()
    {
        await WriteAsync(group => group.InsertRecord(Request, "owner", Created, Now));

        var answer = await FindAsync(Request);

        Assert.Equal((201, """{"id":"1"}""", "true"), (answer!.Status, Encoding.UTF8.GetString(answer.Body.Span), answer.Headers["Idempotent-Replayed"]));
    }

    [Theory]
    [InlineData("1:aa", null, true)]
    [InlineData("1:cc", "1:aa", true)]
    [InlineData("1:cc", "bb", false)]
    [InlineData("1:cc", null, false)]
    public async Task Other_parameters_are_refused_and_those_of_a_release_before_are_the_same(string fingerprint, string? old, bool isSame)
    {
        await WriteAsync(group => group.InsertRecord(Request, "owner", Created, Now));
        var again = Request with { Fingerprint = fingerprint, OldFingerprint = old };

        if (isSame)
            Assert.Equal(201, (await FindAsync(again))!.Status);
        else
            await RefusedAsync("idempotency_key_mismatch", again);
    }

    [Fact]
    public async Task A_request_that_is_begun_is_in_use_until_it_is_decided()
    {
        await WriteAsync(group => group.InsertRunningRecord(Request, "owner", Now));
        await RefusedAsync("idempotency_key_in_use", Request);
        await RefusedAsync("idempotency_key_mismatch", Request with { Fingerprint = "1:cc", OldFingerprint = null });

        await WriteAsync(group => group.DecideRecord(Request, "owner", Created));

        Assert.Equal(201, (await FindAsync(Request))!.Status);
        await RefusedAsync("idempotency_key_mismatch", Request with { Fingerprint = "1:cc", OldFingerprint = null });
    }

    [Fact]
    public async Task Each_record_has_a_row_that_names_it_by_the_hour_in_which_it_was_begun()
    {
        await WriteAsync(group => group.InsertRecord(Request, "owner", Created, Now));
        await WriteAsync(group => group.InsertRunningRecord(Request with { Hash = "2c3d" }, "owner", Now.AddSeconds(1)));

        Assert.Equal(["k:0a1b", "k:2c3d", "x:2026011423:0a1b", "x:2026011500:2c3d"], await KeysAsync("PartitionKey eq 'owner'"));
        Assert.Equal("k:0a1b", IdempotencyRecords.Key(Request));
        Assert.Equal("k:0a1b", IdempotencyRecords.KeyOfExpiry("x:2026011423:0a1b"));
    }

    [Fact]
    public async Task What_was_begun_before_an_hour_is_found_and_nothing_younger()
    {
        await WriteAsync(group => group.InsertRecord(Request, "owner", Created, Now));
        await WriteAsync(group => group.InsertRunningRecord(Request with { Hash = "2c3d" }, "owner", Now.AddSeconds(1)));

        var (from, to) = IdempotencyRecords.ExpiryKeysBefore(Now.AddSeconds(1));

        Assert.Equal(["x:2026011423:0a1b"], await KeysAsync(RowKeys.Range("owner", from, to)));
    }

    private async Task WriteAsync(Func<EntityGroup, EntityGroup> add) =>
        Assert.IsType<WriteResult.Committed>(await table.SubmitAsync(add(new EntityGroup($"w{++writes}")), CancellationToken.None));

    private async Task<ApiAnswer?> FindAsync(IdempotentRequest request) =>
        IdempotencyRecords.AnswerOf(await table.FindRecordAsync("owner", request, CancellationToken.None), request);

    private async Task RefusedAsync(string code, IdempotentRequest request)
    {
        var error = (await Assert.ThrowsAnyAsync<ApiException>(() => FindAsync(request))).Error;
        Assert.Equal((409, code), (error.Status, error.Code));
    }

    private async Task<List<string>> KeysAsync(string filter)
    {
        var keys = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter))
            keys.Add(row.RowKey);
        return keys;
    }
}
