using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Tests of what the whole run has shown: they run when all others have.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AtTheEnd : ITestCollectionOrderer
{
    public const string Name = "at the end";

    // Collections that take nobody beside them come after all others, in this order.
    // Browser tests are the longest chain: begun first, they are not what the run waits for in the end.
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName switch { Browser.Name => 0, Name => 2, _ => 1 });
}
