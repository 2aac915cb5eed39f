using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Tokens;
using PaySg.Functions.Platform.Errors;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>A credential is two rows in two partitions: whatever fails in between, none lets anybody in that cannot be listed and revoked.</summary>
public sealed class When_a_credential_is_issued_or_revoked : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgApp app = null!;
    private ManagementClient management = null!;
    private string account = "";

    private string Path => ManagementClient.CredentialsPath(account);

    public async Task InitializeAsync()
    {
        app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        management = new ManagementClient(app.BaseAddress);
        account = await management.CreatedAccountAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Should_refuse_the_tokens_of_a_revoked_credential_everywhere_within_ten_seconds()
    {
        await using var second = await PaySgApp.StartAsync(app.Connection, services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        using var client = await management.IssuedCredentialAsync(account);
        var token = await client.TokenAsync();
        Assert.True(await LetsInAsync(app, client, token));
        Assert.True(await LetsInAsync(second, client, token));

        (await management.DeleteAsync($"{Path}/{client.Id}")).Expect(HttpStatusCode.NoContent);
        Assert.False(await LetsInAsync(app, client, token));

        clock.Shift = AccessCache.Lifetime;
        Assert.False(await LetsInAsync(second, client, token));
        (await client.RequestTokenAsync()).ExpectSingapayError(401, "Invalid credentials");
    }

    [Fact]
    public async Task Should_list_a_dead_credential_when_issuing_stops_between_the_two_writes()
    {
        var stop = StopAtWrite(2);
        (await IssueAsync("again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        // Who repeats the request learns which credential to revoke; its secret is known to nobody, and no row lets it in.
        var again = (await IssueAsync("again")).Expect(HttpStatusCode.Created);
        Assert.Null(again["client_secret"]);
        Assert.Equal([again["client_id"]!], await ListedAsync());
        Assert.Empty(await ClientRowsAsync());
        (await management.DeleteAsync($"{Path}/{again["client_id"]}")).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task Should_leave_nothing_when_issuing_stops_before_the_first_write()
    {
        var stop = StopAtWrite(1);
        (await IssueAsync("again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        Assert.Empty(await ListedAsync());
        Assert.NotNull((await IssueAsync("again")).Expect(HttpStatusCode.Created)["client_secret"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("revoke")]
    public async Task Should_let_nobody_in_when_revoking_stops_between_the_two_writes(string? idempotencyKey)
    {
        using var client = await management.IssuedCredentialAsync(account);
        var token = await client.TokenAsync();
        var path = $"{Path}/{client.Id}";
        var stop = StopAtWrite(2);
        (await management.DeleteAsync(path, idempotencyKey)).Expect(HttpStatusCode.InternalServerError);
        stop();

        Assert.False(await LetsInAsync(app, client, token));
        Assert.Equal([client.Id], await ListedAsync());
        (await management.DeleteAsync(path, idempotencyKey)).Expect(HttpStatusCode.NoContent);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task Should_keep_a_credential_revoked_that_was_revoked_before_it_was_wholly_issued()
    {
        // The first request waits between its two writes until the second has seen the credential on the list and revoked it.
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
        (await management.DeleteAsync($"{Path}/{id}")).Expect(HttpStatusCode.NoContent);
        revoked.SetResult();
        var issued = (await issuing).Expect(HttpStatusCode.Created);

        Assert.Equal(id, issued["client_id"]);
        using var client = new SingapayClient(app.BaseAddress, account, id, issued["client_secret"]!, issued["api_key"]!);
        (await client.RequestTokenAsync()).ExpectSingapayError(401, "Invalid credentials");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("once")]
    public async Task Should_be_done_once_whichever_answer_of_storage_is_lost(string? idempotencyKey)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        app.HttpTraffic.LosesAnswerOf = request => request.Method is not "GET" && seen.Add($"{request.Method} {request.Url} {request.Body}");

        var created = (await management.PostAsync(
            ManagementClient.AccountsPath, """{"name":"n","email":"a@example.com","phone":"1"}""", idempotencyKey)).Expect(HttpStatusCode.Created);
        var changed = (await management.PatchAsync(
            ManagementClient.AccountPath(created["id"]!), """{"name":"m","transaction_notif_url":"https://93.184.215.14/"}""", idempotencyKey)).Expect(HttpStatusCode.OK);
        var issued = (await IssueAsync(idempotencyKey)).Expect(HttpStatusCode.Created);
        using var client = new SingapayClient(app.BaseAddress, account, issued["client_id"]!, issued["client_secret"]!, issued["api_key"]!);
        (await client.RequestTokenAsync()).Expect(HttpStatusCode.OK);
        (await management.DeleteAsync($"{Path}/{issued["client_id"]}", idempotencyKey)).Expect(HttpStatusCode.NoContent);

        Assert.True(seen.Count >= 8, $"Only {seen.Count} answers were lost.");
        Assert.Equal(("m", "https://93.184.215.14/"), (changed["name"], changed["transaction_notif_url"]));
        Assert.Empty(await ListedAsync());
        Assert.Equal(3, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "account:")).Count);
    }

    [Fact]
    public async Task Should_agree_again_when_a_change_of_the_URL_stops_after_the_endpoint()
    {
        var path = ManagementClient.AccountPath(account);
        var stop = StopAtWrite(2);
        (await management.PatchAsync(path, """{"transaction_notif_url":"https://93.184.215.14/"}""", "again")).Expect(HttpStatusCode.InternalServerError);
        stop();

        // The endpoint is what is used, and so it is what is shown.
        Assert.Equal("https://93.184.215.14/", (await management.GetAsync(path))["transaction_notif_url"]);
        (await management.PatchAsync(path, """{"transaction_notif_url":"https://93.184.215.14/"}""", "again")).Expect(HttpStatusCode.OK);
        var row = Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgaccess", "account:" + account));
        Assert.Equal("https://93.184.215.14/", row.GetString("transaction_notif_url"));
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

    private Task<Answer> IssueAsync(string? idempotencyKey) => management.PostAsync(Path, """{"label":"l"}""", idempotencyKey);

    private async Task<bool> LetsInAsync(PaySgApp at, SingapayClient client, string token)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = $"Bearer {token}";
        request.Headers["X-PARTNER-ID"] = client.Partner;
        try
        {
            await at.Services.GetRequiredService<BearerGate>().AuthorizeAsync(new ApiCall(request, "req_test"), account);
            return true;
        }
        catch (ApiException refusal) when (refusal.Error.Status == 401)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> ListedAsync() =>
        [.. (await management.GetAsync(Path)).Expect(HttpStatusCode.OK).Json.GetProperty("data").EnumerateArray().Select(credential => credential.GetProperty("client_id").GetString()!)];

    private async Task<IReadOnlyList<Azure.Data.Tables.TableEntity>> ClientRowsAsync() =>
        [.. (await StoredRows.OfAsync(app.Connection, "paysgaccess", "client")).Where(row => row.GetString("account_id") == account)];
}
