namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>Kinds of methods that a room brings into the sandbox: the payer scans, transfers, confirms or pays at a counter, which is decided later.</summary>
public sealed record MethodsDecidedLater(IReadOnlySet<string> Kinds);
