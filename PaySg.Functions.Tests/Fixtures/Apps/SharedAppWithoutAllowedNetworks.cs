namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A product whose webhooks may reach public addresses alone, as a deployed one.</summary>
public sealed class SharedAppWithoutAllowedNetworks : SharedApp
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["PaySg__Webhooks__AllowedNetworks"] = "" };
}
