namespace PaySg.Functions.Gateway.Stripe;

/// <summary>What is read of an event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its type, handled or not.</param>
/// <param name="IsLive">Whether it is of live mode.</param>
/// <param name="CreatedAt">When it happened, in seconds since 1970; null: not said.</param>
/// <param name="Account">The connected account that it is about; null: our own.</param>
/// <param name="ObjectId">What has changed; null: an object without an id.</param>
internal sealed record StripeEvent(string Id, string Type, bool IsLive, long? CreatedAt, string? Account, string? ObjectId);
