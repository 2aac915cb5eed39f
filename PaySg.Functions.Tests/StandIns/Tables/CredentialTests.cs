using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.StandIns.Tables;

public sealed class CredentialTests
{
    private const string Key = "a2V5";

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=TRUE;", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("AccountName=a1;AccountKey=" + Key, "a1", "https://a1.table.core.windows.net/")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a1;AccountKey=" + Key + ";EndpointSuffix=core.chinacloudapi.cn", "a1", "https://a1.table.core.chinacloudapi.cn/")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=a1;AccountKey=" + Key + ";EndpointSuffix=core.windows.net;", "a1", "http://a1.table.core.windows.net/")]
    [InlineData(" AccountName=a1 ; AccountKey=" + Key + "; TableEndpoint=http://127.0.0.1:1234/a1", "a1", "http://127.0.0.1:1234/a1")]
    public void A_connection_string_names_account_and_address(string connectionString, string account, string address)
    {
        var client = new TableServiceClient(connectionString);
        Assert.Equal(account, client.AccountName);
        Assert.Equal(new Uri(address), client.Uri);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=a1")]
    [InlineData("AccountKey=" + Key)]
    [InlineData("UseDevelopmentStorage=false")]
    public void A_wrong_connection_string_is_refused(string connectionString) =>
        Assert.Throws<InvalidOperationException>(() => new TableServiceClient(connectionString));

    [Fact]
    public async Task A_shared_key_is_accepted_and_a_wrong_one_is_403()
    {
        var connectionString = await TestAzurite.NewAccountAsync();
        var settings = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var endpoint = new Uri(settings["TableEndpoint"]);
        var credential = new TableSharedKeyCredential(settings["AccountName"], settings["AccountKey"]);

        var service = new TableServiceClient(endpoint, credential);
        Assert.Equal(settings["AccountName"], service.AccountName);
        await service.CreateTableAsync("payments");
        await new TableClient(endpoint, "payments", credential).AddEntityAsync(new TableEntity("p", "r"));

        credential.SetAccountKey(Key);
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync("orders"))).Status);
    }

    [Fact]
    public async Task A_token_credential_sends_a_bearer_token_for_storage()
    {
        using var handler = new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.NotFound));
        var tokens = new FixedToken();
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        var service = new TableServiceClient(new Uri("https://a1.table.core.windows.net"), tokens, options);

        Assert.Equal("a1", service.AccountName);
        Assert.False((await service.GetTableClient("payments").GetEntityIfExistsAsync<TableEntity>("p", "it's")).HasValue);
        var sent = Assert.Single(handler.Requests);
        Assert.Equal("Bearer token-1", sent.Authorization);
        Assert.Equal("https://a1.table.core.windows.net/payments(PartitionKey='p',RowKey='it%27%27s')", sent.Address);
        Assert.Equal(["https://storage.azure.com/.default"], tokens.Scopes);
    }

    private sealed class FixedToken : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken("token-1", TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
