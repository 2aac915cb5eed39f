using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Platform.Configuration;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.LocalHost.Azurite;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class TableEndpointTests
{
    private const string Key = "AccountName=a;AccountKey=AAAA;";

    /// <summary>Addresses of a table service, and whether the app takes them.</summary>
    public static TheoryData<string, bool> Addresses => new()
    {
        { "http://localhost:10002/a", true },
        { "http://localhost:10003/a", false },
        { "http://LOCALHOST:49152/a", false },
        { "http://localhost/a", false },
        { "https://localhost/a", false },
        { "http://127.0.0.1:10003/a", true },
        { "https://a.table.core.windows.net/", true },
        { "https://a.table.core.chinacloudapi.cn/", true },
        { "https://tables.agency.gov.sg/", true },
        { "https://a.table.cosmosdb.azure.com/", false },
        { "https://a.TABLE.CosmosDB.azure.com:443/", false },
        { "https://a.table.cosmosdb.azure.cn/", false },
        { "https://a.table.cosmos.azure.com/", false },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task What_the_client_takes_for_Cosmos_DB_is_refused_and_nothing_else(string address, bool isTaken)
    {
        Assert.Equal(isTaken, TableEndpoint.ProblemOf("S", new Uri(address)) is null);

        var method = "";
        var storage = new ScriptedStorage(request =>
        {
            method = request.Method.Method;
            return ScriptedStorage.Answer(204);
        });
        var table = new TableClient(new Uri(address), "t", new TableSharedKeyCredential("a", "AAAA"), new TableClientOptions { Transport = storage.Transport });
        await table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Merge);
        Assert.Equal(isTaken ? "PATCH" : "POST", method);
    }

    [Fact]
    public async Task So_is_an_address_that_the_client_cannot_use()
    {
        var address = new Uri("http://[::1]:10002/a");

        Assert.Equal("S: the table endpoint http://[::1]:10002 is an IPv6 address, which Azure's client cannot use. Write 127.0.0.1, or a name.", TableEndpoint.ProblemOf("S", address));
        var table = new TableClient(address, "t", new TableSharedKeyCredential("a", "AAAA"), new TableClientOptions { Transport = new ScriptedStorage(_ => ScriptedStorage.Answer(204)).Transport });
        await Assert.ThrowsAsync<FormatException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
    }

    [Theory]
    [InlineData($"{Key}TableEndpoint=http://localhost:10003/a;QueueEndpoint=http://localhost:10001/a", "http://localhost:10003 would be taken for Cosmos DB")]
    [InlineData("TableEndpoint=http://localhost:10003/a;QueueEndpoint=http://localhost:10001/a;SharedAccessSignature=sv=2020-01-01&sig=SECRET", "http://localhost:10003 would be taken for Cosmos DB")]
    [InlineData($"DefaultEndpointsProtocol=https;{Key}EndpointSuffix=cosmosdb.azure.com", "https://a.table.cosmosdb.azure.com is one of Cosmos DB")]
    public void A_connection_string_with_such_an_address_is_refused_with_the_cure(string connection, string problem)
    {
        var found = Assert.Single(Problems(("AzureWebJobsStorage", connection)));

        Assert.Contains(problem, found, StringComparison.Ordinal);
        Assert.Matches("Write 127.0.0.1 in place of localhost.$|name a storage account", found);
        Assert.DoesNotContain("SECRET", found, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://localhost")]
    [InlineData($"{Key}TableEndpoint=http://localhost:10002/a;QueueEndpoint=http://localhost:10001/a")]
    [InlineData($"{Key}TableEndpoint=http://127.0.0.1:49152/a;QueueEndpoint=http://localhost:10001/a")]
    public void Another_is_taken(string connection) => Assert.Empty(Problems(("AzureWebJobsStorage", connection)));

    [Fact]
    public void So_is_a_service_address_of_its_own_whether_the_account_is_named_or_not()
    {
        var queues = ("AzureWebJobsStorage:queueServiceUri", "http://127.0.0.1:10001/a");
        var tables = ("AzureWebJobsStorage:tableServiceUri", "http://localhost:10003/a");

        var problem = "AzureWebJobsStorage__tableServiceUri: the table endpoint http://localhost:10003 would be taken for Cosmos DB and its transactions fail. Write 127.0.0.1 in place of localhost.";
        Assert.Equal([problem], Problems(tables, queues));
        Assert.Equal([problem], Problems(tables, queues, ("AzureWebJobsStorage:accountName", "stpaysg")));
        Assert.Empty(Problems(("AzureWebJobsStorage:accountName", "stpaysg")));
        Assert.Empty(Problems(("AzureWebJobsStorage:tableServiceUri", "http://127.0.0.1:10003/a"), queues));
        Assert.Contains("queueServiceUri: '' is not", Assert.Single(Problems(("AzureWebJobsStorage:tableServiceUri", "https://a.table.core.windows.net"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_LocalHost_and_the_tests_make_is_taken()
    {
        Assert.Empty(Problems(("AzureWebJobsStorage", AzuritePorts.Free().ConnectionString(AzuriteServer.DefaultAccount, AzuriteServer.DefaultKey))));
        Assert.Empty(Problems(("AzureWebJobsStorage", AzuritePorts.Default.ConnectionString(AzuriteServer.DefaultAccount, AzuriteServer.DefaultKey))));
        var connection = await TestAzurite.NewAccountAsync();
        Assert.Empty(Problems(("AzureWebJobsStorage", connection)));
        await using var proxy = await StorageProxy.StartAsync(connection);
        Assert.Empty(Problems(("AzureWebJobsStorage", proxy.Connection)));
    }

    private static IReadOnlyList<string> Problems(params (string Name, string Value)[] settings)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))).Build());
        StorageSettings.Check(reader);
        return reader.Problems;
    }
}
