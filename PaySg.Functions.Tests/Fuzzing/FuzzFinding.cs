namespace PaySg.Functions.Tests.Fuzzing;

/// <summary>An input for which a property does not hold.</summary>
internal sealed class FuzzFinding(string message, Exception? inner = null) : Exception(message, inner);
