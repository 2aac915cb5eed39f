using Azure.Core;
using PaySg.Functions.Platform.Storage.Protocol;

namespace PaySg.Functions.Platform.Storage;

/// <summary>A table with rows of work. No transaction reaches it before <see cref="IWorkIndex"/> has seen it.</summary>
internal sealed class WorkTableClient : OwnTableClient
{
    public WorkTableClient(string connectionString, string name, TableClientOptions options)
        : base(connectionString, name, options)
    {
    }

    public WorkTableClient(Uri service, string name, TokenCredential identity, TableClientOptions options)
        : base(service, name, identity, options)
    {
    }

    public required WorkPlace Place { get; init; }

    public required IWorkIndex? Index { get; init; }
}
