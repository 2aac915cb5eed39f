namespace PaySg.Functions.Tests.Infra;

/// <summary>The tests that share one compiler.</summary>
[CollectionDefinition(Name)]
public sealed class BicepCollection : ICollectionFixture<BicepCompiler>
{
    public const string Name = "Bicep";
}
