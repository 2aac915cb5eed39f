using PaySg.Functions.Access;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Issues keys whose secrets a test chooses.</summary>
internal static class IssuedKeys
{
    public static async Task<ApiKey> IssueAsync(
        this ApiKeys keys, PaymentService service, string secret, Permission permissions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = keys.Prepare(service, "test", permissions);
        Assert.Null(await keys.IssueAsync(key, secret, new EntityGroup(new SystemRandomSource().NewUuid().ToString())));
        return key;
    }
}
