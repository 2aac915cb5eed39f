using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class StorageAdviceTests
{
    private const string KeyAdvice = "Copy the connection string again from the account's page \"Access keys\", and check this machine's clock: 15 minutes off are too many.";

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "refuses the app (AuthorizationPermissionMismatch). Give its identity the roles Storage Table Data Contributor")]
    [InlineData(403, "AuthorizationFailure", "refuses the app (AuthorizationFailure). Give its identity the roles")]
    [InlineData(403, null, "refuses the app (403).")]
    [InlineData(401, "InvalidAuthenticationInfo", "refuses the app (InvalidAuthenticationInfo).")]
    [InlineData(403, "AuthenticationFailed", "refuses the signature (AuthenticationFailed). Check this machine's clock: 15 minutes off are too many.")]
    [InlineData(403, "AccountIsDisabled", "refuses everybody: the storage account is disabled. Look at the state of the subscription.")]
    [InlineData(404, "QueueNotFound", "does not exist. Deploy the infrastructure again.")]
    [InlineData(404, "TableNotFound", "does not exist. Deploy the infrastructure again, or write PaySg__TablePrefix as the names of the tables begin, in the same letter case.")]
    [InlineData(507, "InsufficientStorage", "is full (507 InsufficientStorage). Make room, or raise the limit of the account.")]
    [InlineData(503, "ServerBusy", "is over its limits or has a fault (503 ServerBusy). It passes as a rule; where it stays, look under \"Limits\" in docs/operate/operations.md.")]
    [InlineData(500, "OperationTimedOut", "is over its limits or has a fault (500 OperationTimedOut).")]
    [InlineData(409, "QueueBeingDeleted", "answered 409 QueueBeingDeleted.")]
    [InlineData(200, null, "answered 200 with what is not an answer of Azure Storage. Look for a proxy or a firewall on the way, and at the address in AzureWebJobsStorage.")]
    [InlineData(302, null, "answered 302 with what is not an answer of Azure Storage.")]
    [InlineData(407, null, "is behind a proxy that wants a sign-in (407).")]
    [InlineData(0, null, "cannot be reached.")]
    public void An_answer_of_storage_says_what_to_do(int status, string? code, string advice) =>
        Assert.StartsWith(advice, ByIdentity.For(new RequestFailedException(status, "SECRET", code, null)), StringComparison.Ordinal);

    [Theory]
    [InlineData(403, null, "refuses the key (403, without a reason). " + KeyAdvice)]
    [InlineData(401, "", "refuses the key (401, without a reason). " + KeyAdvice)]
    [InlineData(403, "AuthenticationFailed", "refuses the signature (AuthenticationFailed). " + KeyAdvice)]
    [InlineData(403, "AuthorizationFailure", "refuses the connection string (AuthorizationFailure). Look at the account's firewall, and copy the connection string again from its page \"Access keys\".")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", "takes no keys (KeyBasedAuthenticationNotPermitted). Set AzureWebJobsStorage__accountName in place of the connection string")]
    public void Who_has_a_key_is_not_sent_for_roles(int status, string? code, string advice)
    {
        var said = ByKey.For(new RequestFailedException(status, "SECRET", code, null));

        Assert.StartsWith(advice, said, StringComparison.Ordinal);
        Assert.DoesNotContain("role", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_is_who_has_a_signature()
    {
        var said = With("AzureWebJobsStorage", "TableEndpoint=https://a.table.core.windows.net;SharedAccessSignature=sv=1&sig=SECRET")
            .For(new RequestFailedException(403, "SECRET", "AuthorizationPermissionMismatch", null));

        Assert.StartsWith("grants the signature in the connection string too little (AuthorizationPermissionMismatch).", said, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_called_that_whatever_the_service_says_of_it()
    {
        var wrong = (await TestAzurite.NewAccountAsync()).Replace("AccountKey=", "AccountKey=AAAA", StringComparison.Ordinal);
        await using var parts = PaySgParts.Build(wrong, services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)));
        var advice = parts.Get<StorageAdvice>();

        var ofTables = await Assert.ThrowsAsync<RequestFailedException>(() => parts.Tables.Access.GetEntityIfExistsAsync<TableEntity>("p", "r"));
        var ofQueues = await Assert.ThrowsAsync<RequestFailedException>(() => parts.Get<PaySgQueues>().Outbox.SendMessageAsync("x"));

        Assert.Equal("refuses the key (403, without a reason). " + KeyAdvice, advice.For(ofTables));
        Assert.Equal("refuses the signature (AuthenticationFailed). " + KeyAdvice, advice.For(ofQueues));
        Assert.All([ofTables, ofQueues], refusal => Assert.True(StorageFaults.IsRefusal(refusal) && !StorageFaults.IsOutage(refusal)));
    }

    [Fact]
    public void So_does_no_answer()
    {
        Assert.Equal("does not answer.", ByKey.For(new TaskCanceledException()));
        Assert.Equal("cannot be reached.", ByKey.For(new IOException("SECRET")));
        Assert.StartsWith("cannot be asked: the app's identity got no token.", ByIdentity.For(new CredentialUnavailableException("SECRET")), StringComparison.Ordinal);
    }

    private static StorageAdvice ByKey => With("AzureWebJobsStorage", "UseDevelopmentStorage=true");

    private static StorageAdvice ByIdentity => With("AzureWebJobsStorage:accountName", "stpaysg");

    private static StorageAdvice With(string setting, string value) => new(
        new StorageConnection(new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build(), HttpClientTransport.Shared, []), TimeProvider.System);
}
