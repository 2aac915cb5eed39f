using Azure;

namespace PaySg.Functions.PaymentLinks.Attempts;

/// <summary>An attempt and its link as they were read or written together, with the versions that a change must name.</summary>
/// <param name="AttemptVersion">
/// Its version. Any, where it was begun just now: the in-doubt row, which the next write deletes, is there as long as nobody else has gone on.
/// </param>
/// <param name="Link">The link, or null where it was deleted.</param>
internal sealed record LinkAttemptInPlay(LinkAttempt Attempt, ETag AttemptVersion, StoredPaymentLink? Link);
