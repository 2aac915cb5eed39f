namespace PaySg.Functions.Payments.Search;

/// <summary>A payment that a search has found.</summary>
/// <param name="Payment">As it is now.</param>
/// <param name="Place">Its place among what was searched: the key of the row, without the prefix.</param>
internal sealed record FoundPayment(Payment Payment, string Place);
