namespace PaySg.Functions.Payments;

/// <summary>One line of what is paid for.</summary>
/// <param name="Description">1 to 255 characters.</param>
/// <param name="AmountInCents">The line's amount, in cents.</param>
/// <param name="Quantity">As sent; null where not sent. For display: it does not multiply the amount.</param>
internal sealed record LineItem(string Description, long AmountInCents, long? Quantity);
