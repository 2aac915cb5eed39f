namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Tests that look at the clock run one after another, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
