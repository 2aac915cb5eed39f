namespace PaySg.Functions.Dashboard.Payments;

/// <summary>Something that happened to a payment.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What, in one sentence.</param>
/// <param name="Detail">The id that other places know it by, or why; null: nothing more is known.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Text, string? Detail = null);
