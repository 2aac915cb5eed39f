namespace PaySg.Functions.Access;

/// <summary>An API key as it is stored: never the secret itself.</summary>
/// <param name="Id">Such as <c>key_…</c>.</param>
/// <param name="PaymentServiceId">The one payment service that it is for.</param>
/// <param name="ServiceCode">The code that ids of that service's payments carry.</param>
/// <param name="CreatorId">What payments made with it show as <c>creator_id</c>.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="Label">Its owner's own words for it.</param>
/// <param name="CreatedAt">When it was issued.</param>
internal sealed record ApiKey(
    string Id, string PaymentServiceId, string ServiceCode, string CreatorId, Permission Permissions, string Label, DateTimeOffset CreatedAt)
{
    /// <summary>Who does what is done with it: whoever holds it, or the member whom it stands for.</summary>
    public Actor By { get; init; } = Actor.OfApiKey(Id);

    /// <summary>What its owner recognises it by (<see cref="MaskedKey"/>); null: an older release issued it, or somebody who does not call from outside.</summary>
    public string? Mask { get; init; }

    /// <summary>Its holder, as operations know callers that are also called for accounts.</summary>
    public Caller ToCaller() => new(Id, PaymentServiceId) { By = By };
}
