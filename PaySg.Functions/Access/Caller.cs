namespace PaySg.Functions.Access;

/// <summary>Who calls, and for whom.</summary>
/// <param name="Id">Names the caller: idempotency keys of two callers never meet.</param>
/// <param name="OwnerId">The payment service or account whose things the call is about.</param>
internal sealed record Caller(string Id, string OwnerId)
{
    /// <summary>Who does what the call is about.</summary>
    public Actor By { get; init; } = Actor.OfApiKey(Id);
}
