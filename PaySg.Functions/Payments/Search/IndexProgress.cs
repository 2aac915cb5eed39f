namespace PaySg.Functions.Payments.Search;

/// <summary>How far the copies of a payment service's payments are looked through: the row <c>n:indexed</c>.</summary>
/// <param name="After">The key of the last payment that was looked at; null: a look through has not begun, or has ended.</param>
/// <param name="Passes">How often all payments were looked through.</param>
/// <param name="PassedAt">When that ended the last time; null: never.</param>
internal sealed record IndexProgress(string? After, int Passes, DateTimeOffset? PassedAt);
