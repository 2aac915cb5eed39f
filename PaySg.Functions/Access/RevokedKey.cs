namespace PaySg.Functions.Access;

/// <summary>An API key that lets nobody in any more.</summary>
/// <param name="Key">The key as it was.</param>
/// <param name="RevokedAt">When it was revoked.</param>
internal sealed record RevokedKey(ApiKey Key, DateTimeOffset RevokedAt);
