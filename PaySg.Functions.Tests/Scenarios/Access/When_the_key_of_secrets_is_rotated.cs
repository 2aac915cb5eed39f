using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Access;
using PaySg.Functions.Operations.Health;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Access;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_the_key_of_secrets_is_rotated
{
    private const string Old = "k1:3q2+7wABI0VniavN7/7cuphAMhDi8dO0pZZ4WkkrPE8=";
    private const string New = "k2:9H2sLrVbqXgYt5Wn0cJd8eKmZa7UfPo3Ci1RxTvQhBw=";

    [Fact]
    public async Task Should_encrypt_all_secrets_anew_so_that_the_old_key_may_go()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        string endpointId;
        await using (var before = await StartAsync(connection, Old))
        {
            (endpointId, _) = await before.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url).For("payment.created"));
            (await before.Client.PostAsync($"{ApiClient.EndpointPath(endpointId)}/rotate-secret", "{}")).Expect(HttpStatusCode.OK);
            await before.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);
        }

        await using (var rotating = await StartAsync(connection, New, Old))
        {
            Assert.Empty(await rotating.Services.GetRequiredService<StorageReadiness>().ProblemsAsync());
            await rotating.Services.GetRequiredService<RenewSecrets>().RunAsync(CancellationToken.None);
            var line = rotating.Log.Of(2010)[^1];
            Assert.Equal(("3", "0"), (line.Properties["Renewed"], line.Properties["Left"]));
            await rotating.Services.GetRequiredService<RenewSecrets>().RunAsync(CancellationToken.None);
            Assert.Equal("0", rotating.Log.Of(2010)[^1].Properties["Renewed"]);
        }

        await using var after = await StartAsync(connection, New);
        Assert.Empty(await after.Services.GetRequiredService<StorageReadiness>().ProblemsAsync());
        Assert.All(await CiphertextsAsync(connection), ciphertext => Assert.StartsWith("k2:2:", ciphertext, StringComparison.Ordinal));
        await after.Client.CreatedPaymentAsync();
        Assert.Single(await receiver.WaitForAsync(1));
        (await after.Singapay.RequestTokenAsync()).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_be_not_ready_while_secrets_are_under_a_key_that_the_settings_do_not_hold()
    {
        var connection = await TestAzurite.NewAccountAsync();
        await using (var before = await StartAsync(connection, Old))
            await before.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

        await using var without = await StartAsync(connection, New);
        var ready = (await without.Client.GetAsync("/health/ready", apiKey: null)).Expect(HttpStatusCode.ServiceUnavailable);

        var problem = Assert.Single(ready.Json.GetProperty("problems").EnumerateArray()).GetString();
        Assert.StartsWith("Stored secrets are encrypted under 'k1', and neither PaySg__Secrets__CurrentKey nor PaySg__Secrets__PreviousKey has that name.", problem, StringComparison.Ordinal);
        Assert.NotEmpty(without.Log.Of(1009));

        // The housekeeping cannot read them: it says so and forgets nothing.
        await without.Services.GetRequiredService<RenewSecrets>().RunAsync(CancellationToken.None);
        Assert.Equal("k1", without.Log.Of(2011)[^1].Properties["KeyName"]);
        Assert.Contains(await StoredRows.OfAsync(connection, "paysgaccess", "key:"), row => row is { PartitionKey: "secret-keys", RowKey: "key:k1" });
    }

    [Fact]
    public async Task Should_read_and_write_anew_what_older_releases_have_bound_to_the_row_alone()
    {
        await using var app = await StartAsync(await TestAzurite.NewAccountAsync(), Old);
        var table = app.Services.GetRequiredService<PaySgTables>().Access;
        var partition = $"client:{SingapayClient.ClientId}";
        var old = SecretProtectorTests.OfFirstForm(SecretKey.Parse(Old)!, SingapayClient.ClientSecret, partition);
        await table.UpdateEntityAsync(new TableEntity(partition, "client") { ["secret"] = old }, Azure.ETag.All, TableUpdateMode.Merge);
        (await app.Singapay.RequestTokenAsync()).Expect(HttpStatusCode.OK);

        await app.Services.GetRequiredService<RenewSecrets>().RunAsync(CancellationToken.None);

        Assert.All(await CiphertextsAsync(app.Connection), ciphertext => Assert.StartsWith("k1:2:", ciphertext, StringComparison.Ordinal));
        (await app.Singapay.RequestTokenAsync()).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_not_let_a_secret_be_moved_to_another_account()
    {
        await using var app = await StartAsync(await TestAzurite.NewAccountAsync(), Old);
        var row = (await app.Services.GetRequiredService<PaySgTables>().Access.GetEntityAsync<TableEntity>($"client:{SingapayClient.ClientId}", "client")).Value;
        var protector = app.Services.GetRequiredService<SecretProtector>();

        Assert.Equal(SingapayClient.ClientSecret, protector.Unprotect(row.GetString("secret"), SecretPlace.OfClient(SingapayClient.AccountId, row.PartitionKey)));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => protector.Unprotect(row.GetString("secret"), SecretPlace.OfClient("01ARZ3NDEKTSV4RRFFQ69G5FAV", row.PartitionKey)));
    }

    private static async Task<IReadOnlyList<string>> CiphertextsAsync(string connection)
    {
        var rows = (await StoredRows.OfAsync(connection, "paysgwebhooks", "w:")).Concat(await StoredRows.OfAsync(connection, "paysgaccess", "client"));
        List<string> found = [.. rows.SelectMany(row => new[] { row.GetString("secret"), row.GetString("previous_secret") }).OfType<string>()];
        Assert.NotEmpty(found);
        return found;
    }

    private static Task<PaySgApp> StartAsync(string connection, string current, string previous = "") => PaySgApp.StartAsync(
        connection,
        new Dictionary<string, string> { ["PaySg__Secrets__CurrentKey"] = current, ["PaySg__Secrets__PreviousKey"] = previous });
}
