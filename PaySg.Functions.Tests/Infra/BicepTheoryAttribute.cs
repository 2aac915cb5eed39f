namespace PaySg.Functions.Tests.Infra;

/// <summary>The same of a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepCompiler.Program is null ? BicepCompiler.Missing : null;
}
