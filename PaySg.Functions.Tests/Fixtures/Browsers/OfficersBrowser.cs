namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Another Chromium and another product, for the browser tests of officers and those by axe-core: beside the payers', the chain would be too long.</summary>
[CollectionDefinition(Name)]
public sealed class OfficersBrowser : ICollectionFixture<Browser>
{
    public const string Name = "officers' browser";
}
