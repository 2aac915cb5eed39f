namespace PaySg.Functions.Platform.Outbox;

/// <summary>A partition in which work waits.</summary>
/// <param name="Place">The table.</param>
/// <param name="OwnerId">Whose work it is.</param>
/// <param name="EndpointId">The endpoint whose deliveries they are; empty: it is an outbox.</param>
internal sealed record WorkSubject(WorkPlace Place, string OwnerId, string EndpointId = "");
