namespace PaySg.Functions.Platform.Storage;

/// <summary>The index of work that may be late.</summary>
internal interface IWorkIndex
{
    /// <summary>Prepares the write of a transaction. A failure is a failure of the write's.</summary>
    /// <param name="place">Which table it goes to.</param>
    /// <param name="group">The rows.</param>
    Task BeforeWriteAsync(WorkPlace place, EntityGroup group);

    /// <summary>Begins the index, where there is no row yet that it does not know.</summary>
    Task BeginAsync(CancellationToken cancellationToken);
}
