namespace PaySg.LocalHost.Demo;

/// <summary>One request that the webhook inbox took.</summary>
/// <param name="ReceivedAt">When.</param>
/// <param name="PathAndQuery">Where it was sent to, without the host.</param>
/// <param name="Headers">The headers that matter, by name.</param>
/// <param name="Body">The body as it came.</param>
internal sealed record ReceivedWebhook(DateTimeOffset ReceivedAt, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body);
