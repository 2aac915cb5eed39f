namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The same, and pages have the masthead of agencies.</summary>
public sealed class ManagedAgencyApp : ManagedApp
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["PaySg__GovernmentMasthead"] = "true" };
}
