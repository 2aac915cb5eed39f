namespace PaySg.Functions.Webhooks.Egress;

/// <summary>A connection was not made because the policy forbids it. The message is for the log, not for the endpoint's owner.</summary>
internal sealed class EgressRefusedException(string message) : Exception(message);
