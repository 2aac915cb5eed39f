namespace PaySg.Functions.Gateway;

/// <summary>A method that the gateway charges payers of payments by.</summary>
/// <param name="Kind">One of <see cref="MethodKinds"/>.</param>
/// <param name="TakesCardHere">Whether the payer types a card into a page of ours; false: the gateway has a page for that, or needs no card.</param>
/// <param name="LeastInCents">The smallest amount that it charges, in cents.</param>
/// <param name="MostInCents">The largest, in cents.</param>
internal sealed record OfferedMethod(string Kind, bool TakesCardHere = false, long LeastInCents = 1, long MostInCents = long.MaxValue)
{
    /// <summary>Whether it charges this amount.</summary>
    public bool Takes(long cents) => cents >= LeastInCents && cents <= MostInCents;
}
