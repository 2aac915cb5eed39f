namespace PaySg.Functions.PaymentLinks;

/// <summary>A page of an account's payment links, or of the attempts on them.</summary>
/// <param name="Entries">What the page shows.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record NewestPage<T>(IReadOnlyList<T> Entries, long Total);
