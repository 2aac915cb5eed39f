namespace PaySg.Functions.Tests.Infra;

/// <summary>The compiler, or a check in the files, refuses a deployment before anything is changed.</summary>
public sealed class BicepRefusalException(string message) : Exception(message);
