namespace PaySg.Functions.Access.Accounts;

/// <summary>What lets a client act for one account: an id and a secret to get access tokens with, and the <c>X-PARTNER-ID</c> of each call.</summary>
/// <param name="ClientId">Names it: a UUID, or the demo account's <c>demo-client</c>.</param>
/// <param name="AccountId">The one account that it is for.</param>
/// <param name="PartnerId">What Singapay calls <c>api_key</c>: every call carries it in the header <c>X-PARTNER-ID</c>.</param>
/// <param name="Label">Its owner's own words for it.</param>
/// <param name="CreatedAt">When it was issued.</param>
public sealed record Credential(string ClientId, string AccountId, string PartnerId, string Label, DateTimeOffset CreatedAt);
