namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Whose an object is.</summary>
/// <param name="Account">The connected account; null is the platform itself.</param>
/// <param name="Live">Live mode, by the key.</param>
internal readonly record struct StripeOwner(string? Account, bool Live);
