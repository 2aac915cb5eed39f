namespace PaySg.Functions.Platform.Outbox;

/// <summary>All whose work is swept.</summary>
public interface IOwners
{
    /// <summary>Their ids: the partitions of the outbox.</summary>
    IAsyncEnumerable<string> IdsAsync(CancellationToken cancellationToken);
}
