namespace PaySg.Functions.Dashboard.Payments;

/// <summary>Something that happened to a payment.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What, in one sentence.</param>
/// <param name="Detail">The id that other places know it by, or why; null: nothing more is known.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Text, string? Detail = null)
{
    /// <summary>Who did it: the creator id of an API key, or the id of a member; then how they are shown. Null: the payer, the product, or nobody knows.</summary>
    public string? By { get; init; }

    /// <summary>The page of the developers' corner that says more, within the payment service's dashboard; null: there is none.</summary>
    public string? More { get; init; }
}
