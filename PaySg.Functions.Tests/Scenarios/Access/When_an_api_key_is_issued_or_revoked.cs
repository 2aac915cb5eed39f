using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A key is two rows in two partitions: whatever fails in between, no key lets anybody in that cannot be listed and revoked.</summary>
public sealed class When_an_api_key_is_issued_or_revoked : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;
    private ManagementClient management = null!;
    private string service = "";

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        management = new ManagementClient(app.BaseAddress);
        service = await management.CreatedServiceAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_let_a_revoked_key_in_for_ten_seconds_at_most()
    {
        var (id, secret) = await management.IssuedKeyAsync(service);
        Assert.True(await LetsInAsync(secret));
        (await management.DeleteAsync($"{ManagementClient.KeysPath(service)}/{id}")).Expect(HttpStatusCode.NoContent);

        clock.Shift = AccessCache.Lifetime;

        Assert.Equal(TimeSpan.FromSeconds(10), AccessCache.Lifetime);
        Assert.False(await LetsInAsync(secret));
    }

    [Fact]
    public async Task Should_list_a_dead_key_when_issuing_stops_between_the_two_writes()
    {
        var stop = StopAtWrite(2);
        (await IssueAsync("again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        // Who repeats the request learns which key to revoke; its secret is known to nobody, and no row lets it in.
        var again = (await IssueAsync("again")).Expect(HttpStatusCode.Created);
        Assert.Null(again["key"]);
        Assert.Equal([again["id"]!], await ListedAsync());
        Assert.DoesNotContain(await HashRowsAsync(), row => row.GetString("payment_service_id") == service);
        (await management.DeleteAsync($"{ManagementClient.KeysPath(service)}/{again["id"]}")).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task Should_leave_nothing_when_issuing_stops_before_the_first_write()
    {
        var stop = StopAtWrite(1);
        (await IssueAsync("again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        Assert.Empty(await ListedAsync());
        Assert.True(await LetsInAsync((await IssueAsync("again")).Expect(HttpStatusCode.Created)["key"]!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("revoke")]
    public async Task Should_let_nobody_in_when_revoking_stops_between_the_two_writes(string? idempotencyKey)
    {
        var (id, secret) = await management.IssuedKeyAsync(service);
        var path = $"{ManagementClient.KeysPath(service)}/{id}";
        var stop = StopAtWrite(2);
        (await management.DeleteAsync(path, idempotencyKey)).Expect(HttpStatusCode.InternalServerError);
        stop();

        Assert.False(await LetsInAsync(secret));
        Assert.Equal([id], await ListedAsync());
        (await management.DeleteAsync(path, idempotencyKey)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task Should_keep_a_key_revoked_that_was_revoked_before_it_was_wholly_issued()
    {
        // The first request waits between its two writes until the second has seen the key on the list and revoked it.
        var halfway = new TaskCompletionSource();
        var revoked = new TaskCompletionSource();
        var writes = 0;
        app.HttpTraffic.BeforeSend = request =>
        {
            if (request.IsTransaction && Interlocked.Increment(ref writes) == 2)
            {
                halfway.SetResult();
                revoked.Task.Wait();
            }
        };
        var issuing = Task.Run(() => IssueAsync(null));
        await halfway.Task;

        var id = Assert.Single(await ListedAsync());
        (await management.DeleteAsync($"{ManagementClient.KeysPath(service)}/{id}")).Expect(HttpStatusCode.NoContent);
        revoked.SetResult();
        var issued = (await issuing).Expect(HttpStatusCode.Created);

        Assert.Equal(id, issued["id"]);
        Assert.False(await LetsInAsync(issued["key"]!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("once")]
    public async Task Should_be_done_once_whichever_answer_of_storage_is_lost(string? idempotencyKey)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        app.HttpTraffic.LosesAnswerOf = request => request.Method is not "GET" && seen.Add($"{request.Method} {request.Url} {request.Body}");

        var service2 = (await management.PostAsync(ManagementClient.ServicesPath, """{"name":"n"}""", idempotencyKey)).Expect(HttpStatusCode.Created)["id"]!;
        var changed = (await management.PatchAsync($"{ManagementClient.ServicesPath}/{service2}", """{"name":"m"}""", idempotencyKey)).Expect(HttpStatusCode.OK);
        var issued = (await IssueAsync(idempotencyKey)).Expect(HttpStatusCode.Created);
        Assert.True(await LetsInAsync(issued["key"]!));
        (await management.DeleteAsync($"{ManagementClient.KeysPath(service)}/{issued["id"]}", idempotencyKey)).Expect(HttpStatusCode.NoContent);

        Assert.True(seen.Count >= 7, $"Only {seen.Count} answers were lost.");
        Assert.Equal("m", changed["name"]);
        Assert.Empty(await ListedAsync());
        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "payment_service_")).Count(row => row.PartitionKey == "owners"));
    }

    [Fact]
    public async Task Should_create_one_payment_service_when_the_first_try_stops_after_its_code_is_claimed()
    {
        var stop = StopAtWrite(2);
        (await management.PostAsync(ManagementClient.ServicesPath, """{"name":"n"}""", "again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        var created = (await management.PostAsync(ManagementClient.ServicesPath, """{"name":"n"}""", "again")).Expect(HttpStatusCode.Created);

        Assert.False(created.Headers.ContainsKey("Idempotent-Replayed"));
        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "payment_service_")).Count(row => row.PartitionKey == "owners"));
    }

    /// <summary>The n-th write from now on fails as a crash would; the result ends the trap.</summary>
    private Action StopAtWrite(int n)
    {
        var writes = 0;
        app.HttpTraffic.BeforeSend = request =>
        {
            if (request.Method is not "GET" && !request.IsQueue && Interlocked.Increment(ref writes) == n)
                throw new InvalidOperationException("The process stops here.");
        };
        return () =>
        {
            app.HttpTraffic.BeforeSend = static _ => { };
            Assert.Equal(n, writes);
        };
    }

    private Task<Answer> IssueAsync(string? idempotencyKey) =>
        management.PostAsync(ManagementClient.KeysPath(service), """{"label":"l","permissions":["view"]}""", idempotencyKey);

    private async Task<bool> LetsInAsync(string secret) =>
        (await app.Client.GetAsync($"/v1/payment-services/{service}/payments/x", secret)).Status switch
        {
            HttpStatusCode.NotFound => true,
            HttpStatusCode.Unauthorized => false,
            var status => throw new InvalidOperationException(status.ToString()),
        };

    private async Task<IReadOnlyList<string>> ListedAsync() =>
        [.. (await management.GetAsync(ManagementClient.KeysPath(service))).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray()
            .Select(key => key.GetProperty("id").GetString()!)];

    private async Task<IReadOnlyList<TableEntity>> HashRowsAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgaccess", "key")).Where(row => row.RowKey == "key")];
}
