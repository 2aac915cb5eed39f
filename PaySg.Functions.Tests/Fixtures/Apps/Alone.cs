namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// Tests that look at the clock, and those with so many callers at once that the product's patience of 20 s would run out beside others: one after another,
/// after all others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
