namespace PaySg.Functions.Tests.Infra;

/// <summary>A test that needs Azure's Bicep compiler; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.Program is null ? BicepCompiler.Missing : null;
}
