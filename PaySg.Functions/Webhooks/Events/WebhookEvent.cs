namespace PaySg.Functions.Webhooks.Events;

/// <summary>Something that happened. Its bytes are made once and are the same in every delivery.</summary>
/// <param name="Id">Such as <c>evt_…</c>; the same in every delivery, for receivers to drop repetitions by.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="OwnerId">The payment service that it belongs to.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="Body">The JSON that is delivered.</param>
public sealed record WebhookEvent(string Id, string Type, string OwnerId, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Body);
