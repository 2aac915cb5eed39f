using System.Globalization;
using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access.Accounts;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Calls about payment links as tests need them.</summary>
public static class PaymentLinkCalls
{
    private static long made;

    /// <summary>A <c>reff_no</c> that no other test of this run has.</summary>
    public static string NewReffNo() => $"PL-{Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The <c>data</c> of an answer that must be a success in Singapay's envelope.</summary>
    public static JsonElement Data(this Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var json = answer.Expect(HttpStatusCode.OK).Json;
        Assert.Equal((200, true), (json.GetProperty("status").GetInt32(), json.GetProperty("success").GetBoolean()));
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        return json.GetProperty("data");
    }

    /// <summary>Creates a link.</summary>
    public static Task<Answer> CreateLinkAsync(this SingapayClient client, PaymentLinkRequest? link = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PostAsync(client.LinksPath(), (link ?? A.NewPaymentLink()).ToString());
    }

    /// <summary>Creates a link, which must succeed; the link.</summary>
    public static async Task<JsonElement> CreatedLinkAsync(this SingapayClient client, PaymentLinkRequest? link = null) =>
        (await client.CreateLinkAsync(link)).Data();

    /// <summary>Creates a link, which must succeed; its id.</summary>
    public static async Task<long> CreatedLinkIdAsync(this SingapayClient client, PaymentLinkRequest? link = null) => (await client.CreatedLinkAsync(link)).Id();

    public static Task<Answer> GetLinkAsync(this SingapayClient client, long id)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetAsync(client.LinksPath(id));
    }

    public static Task<Answer> UpdateLinkAsync(this SingapayClient client, long id, PaymentLinkRequest update)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(update);
        return client.PutAsync(client.LinksPath(id), update.ToString());
    }

    public static Task<Answer> DeleteLinkAsync(this SingapayClient client, long id)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.DeleteAsync(client.LinksPath(id));
    }

    /// <summary>A page of the list: the ids of its links, and its pagination.</summary>
    public static async Task<(IReadOnlyList<long> Ids, JsonElement Pagination)> ListLinksAsync(this SingapayClient client, string query = "")
    {
        ArgumentNullException.ThrowIfNull(client);
        var answer = await client.GetAsync(client.LinksPath() + query);
        return ([.. answer.Data().EnumerateArray().Select(Id)], answer.Json.GetProperty("pagination"));
    }

    public static long Id(this JsonElement link) => link.GetProperty("id").GetInt64();

    public static string ReffNo(this JsonElement link) => link.GetProperty("reff_no").GetString()!;

    /// <summary>Puts links into storage as a create writes them, without their claims.</summary>
    internal static async Task SubmitAsync(this TableClient table, params PaymentLink[] links)
    {
        ArgumentNullException.ThrowIfNull(links);
        var group = links.Aggregate(
            new EntityGroup(PaymentLinkId.Complement(links[0].Id)), (rows, link) => rows.Insert(PaymentLinkRows.Write(link)).Insert(PaymentLinkRows.WriteName(link)));
        Assert.IsType<WriteResult.Committed>(await table.SubmitAsync(group, CancellationToken.None));
    }

    /// <summary>A further account with a credential, and a client that has it.</summary>
    internal static async Task<SingapayClient> OtherMerchantAsync(this PaySgApp app, AccountStatus status = AccountStatus.Active)
    {
        ArgumentNullException.ThrowIfNull(app);
        const string Secret = "another-secret";
        var ids = app.Services.GetRequiredService<IdGenerator>();
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = new Account
        {
            Id = ids.NewAccountId(now),
            Name = "Another merchant",
            Email = "another@example.com",
            Phone = "0813",
            Status = status,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await app.Services.GetRequiredService<AccountStore>().SaveAsync(account, CancellationToken.None);
        var credentials = app.Services.GetRequiredService<CredentialStore>();
        var credential = credentials.Prepare(account.Id, "test");
        Assert.Null(await credentials.IssueAsync(credential, Secret, new EntityGroup(ids.NewWriteId())));
        return new SingapayClient(app.BaseAddress, account.Id, credential.ClientId, Secret, credential.PartnerId);
    }

    /// <summary>Sends a request that must be refused in Singapay's shape, with nothing written.</summary>
    /// <param name="app">The product.</param>
    /// <param name="send">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="message">The message; null: any.</param>
    /// <param name="fields">The fields that it names.</param>
    public static async Task<Answer> RefusedAsync(
        this PaySgApp app, Func<SingapayClient, Task<Answer>> send, int status, string? message = null, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(send);
        await app.Singapay.TokenAsync();
        app.HttpTraffic.Forget();
        var answer = (await send(app.Singapay)).ExpectSingapayError(status, message, fields);
        if (fields.Length == 0)
            Assert.False(answer.Json.GetProperty("error").TryGetProperty("errors", out _) && status != 400, answer.Body);
        Assert.DoesNotContain(app.HttpTraffic.Requests, request => request.Method != "GET");
        return answer;
    }
}
