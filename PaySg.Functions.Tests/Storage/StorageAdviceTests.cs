using Azure;
using Azure.Identity;
using PaySg.Functions.Storage;

namespace PaySg.Functions.Tests.Storage;

public sealed class StorageAdviceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", "refuses the app (AuthorizationPermissionMismatch). Give its identity the roles Storage Table Data Contributor")]
    [InlineData(403, "AuthorizationFailure", "refuses the app (AuthorizationFailure). Give its identity the roles")]
    [InlineData(403, null, "refuses the app (403).")]
    [InlineData(401, "InvalidAuthenticationInfo", "refuses the app (InvalidAuthenticationInfo).")]
    [InlineData(403, "AuthenticationFailed", "refuses the signature (AuthenticationFailed). Check the account's key, and this machine's clock: 15 minutes off are too many.")]
    [InlineData(403, "AccountIsDisabled", "refuses everybody: the storage account is disabled. Look at the state of the subscription.")]
    [InlineData(404, "QueueNotFound", "does not exist. Deploy the infrastructure again.")]
    [InlineData(404, "TableNotFound", "does not exist. Deploy the infrastructure again.")]
    [InlineData(507, "InsufficientStorage", "is full (507 InsufficientStorage). Make room, or raise the limit of the account.")]
    [InlineData(503, "ServerBusy", "is over its limits or has a fault (503 ServerBusy). It passes as a rule; where it stays, look under \"Limits\" in docs/operations.md.")]
    [InlineData(500, "OperationTimedOut", "is over its limits or has a fault (500 OperationTimedOut).")]
    [InlineData(409, "QueueBeingDeleted", "answered 409 QueueBeingDeleted.")]
    [InlineData(0, null, "cannot be reached.")]
    public void An_answer_of_storage_says_what_to_do(int status, string? code, string advice) =>
        Assert.StartsWith(advice, StorageAdvice.For(new RequestFailedException(status, "SECRET", code, null), Now), StringComparison.Ordinal);

    [Fact]
    public void So_does_no_answer()
    {
        Assert.Equal("does not answer.", StorageAdvice.For(new TaskCanceledException(), Now));
        Assert.Equal("cannot be reached.", StorageAdvice.For(new IOException("SECRET"), Now));
        Assert.StartsWith("cannot be asked: the app's identity got no token.", StorageAdvice.For(new CredentialUnavailableException("SECRET"), Now), StringComparison.Ordinal);
    }
}
