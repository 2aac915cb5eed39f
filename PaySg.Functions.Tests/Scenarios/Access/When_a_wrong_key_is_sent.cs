using System.Net;
using Microsoft.Extensions.Logging;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>Every kind of wrong key leaves a warning, with its id or a hint, the address, and nothing that anybody could use.</summary>
public sealed class When_a_wrong_key_is_sent(ManagedApp managed) : IClassFixture<ManagedApp>
{
    private PaySgApp App => managed.App;

    [Theory]
    [InlineData("paysg_stag_ThisKeyWasNeverIssuedToAnybody00", "unknown", "paysg_stag_This… (43 characters)")]
    [InlineData("paysg_live_ThisKeyWasNeverIssuedToAnybody00", "of_another_kind", "paysg_live_This… (43 characters)")]
    [InlineData("hunter2", "of_another_kind", "… (7 characters)")]
    public async Task Should_note_an_API_key_that_is_unknown(string key, string reason, string hint)
    {
        (await App.Client.GetAsync(ApiClient.PaymentsPath, key)).Expect(HttpStatusCode.Unauthorized);

        AssertNoted("api_key", reason, hint, key);
    }

    [Fact]
    public async Task Should_note_the_id_of_an_API_key_that_is_revoked_or_of_another_service()
    {
        var service = await managed.Management.CreatedServiceAsync();
        var (id, secret) = await managed.Management.IssuedKeyAsync(service);

        (await App.Client.GetAsync(ApiClient.PaymentsPath, secret)).Expect(HttpStatusCode.NotFound);
        AssertNoted("api_key", "another_payment_service", id, secret);

        // One that nobody has used is remembered nowhere, so its end is seen at once.
        (id, secret) = await managed.Management.IssuedKeyAsync(service);
        (await managed.Management.DeleteAsync($"{ManagementClient.KeysPath(service)}/{id}")).Expect(HttpStatusCode.NoContent);
        (await App.Client.GetAsync($"/v1/payment-services/{service}/payments", secret)).Expect(HttpStatusCode.Unauthorized);
        AssertNoted("api_key", "revoked", id, secret);
    }

    [Fact]
    public async Task Should_note_a_token_that_is_forged_or_of_a_revoked_credential_or_of_another_account()
    {
        var account = await managed.Management.CreatedAccountAsync();
        using var client = await managed.Management.IssuedCredentialAsync(account);
        var token = await client.TokenAsync();

        (await client.SendAsync(HttpMethod.Get, client.LinksPath(), null, "Bearer " + token[..^2] + "AA", client.Partner)).Expect(HttpStatusCode.Unauthorized);
        AssertNoted("access_token", "forged", $"{token[..4]}… ({token.Length} characters)", token);

        (await client.SendAsync(HttpMethod.Get, App.Singapay.LinksPath(), null, "Bearer " + token, client.Partner)).Expect(HttpStatusCode.NotFound);
        AssertNoted("access_token", "another_account", client.Id, token);

        (await client.SendAsync(HttpMethod.Get, client.LinksPath(), null, "Bearer " + token, SingapayClient.PartnerId)).Expect(HttpStatusCode.Forbidden);
        AssertNoted("partner_id", "unknown", client.Id, token);

        (await managed.Management.DeleteAsync($"{ManagementClient.CredentialsPath(account)}/{client.Id}")).Expect(HttpStatusCode.NoContent);
        (await client.SendAsync(HttpMethod.Get, client.LinksPath(), null, "Bearer " + token, client.Partner)).Expect(HttpStatusCode.Unauthorized);
        AssertNoted("access_token", "revoked", client.Id, token);
    }

    [Fact]
    public async Task Should_note_a_credential_with_a_wrong_secret_and_one_that_is_not_there()
    {
        using var wrong = new SingapayClient(App.BaseAddress, clientSecret: "not-the-secret-of-anybody");
        (await wrong.RequestTokenAsync()).Expect(HttpStatusCode.Unauthorized);
        AssertNoted("credential", "wrong_secret", SingapayClient.ClientId, "not-the-secret-of-anybody");

        using var unknown = new SingapayClient(App.BaseAddress, clientId: "11111111-2222-4333-8444-555555555555");
        (await unknown.RequestTokenAsync()).Expect(HttpStatusCode.Unauthorized);
        AssertNoted("credential", "unknown_client", "1111… (36 characters)", SingapayClient.ClientSecret);
    }

    [Fact]
    public async Task Should_not_note_a_call_without_any_key()
    {
        var before = App.Log.Of(1301).Count;

        (await App.Client.GetAsync(ApiClient.PaymentsPath, apiKey: null)).Expect(HttpStatusCode.Unauthorized);
        (await managed.Management.GetAsync(ManagementClient.ServicesPath, key: null)).Expect(HttpStatusCode.Unauthorized);

        Assert.Equal(before, App.Log.Of(1301).Count);
    }

    private void AssertNoted(string kind, string reason, string hint, string secret)
    {
        var line = App.Log.Of(1301)[^1];
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Equal((kind, reason, hint, "127.0.0.1"), (line.Properties["Kind"], line.Properties["Reason"], line.Properties["Key"], line.Properties["Address"]));
        Assert.DoesNotContain(App.Log.All, any => any.Message.Contains(secret, StringComparison.Ordinal));
    }
}
