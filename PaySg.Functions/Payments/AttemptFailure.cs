namespace PaySg.Functions.Payments;

/// <summary>How the payer's last attempt ended without a charge. It stands in the payment itself, so that the page needs no second read to say so.</summary>
/// <param name="Method">The kind of method that the payer chose.</param>
/// <param name="Reason">Why, in snake_case; null: not known.</param>
internal sealed record AttemptFailure(string Method, string? Reason);
