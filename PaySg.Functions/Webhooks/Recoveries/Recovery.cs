using PaySg.Functions.Events;

namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>A walk over an endpoint's deliveries in a window of time, which starts again the schedule of each that is not delivered.</summary>
internal sealed record Recovery
{
    /// <summary>Such as <c>rec_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The owner of the endpoint.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Whose deliveries.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Of events from then on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Of events up to then.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How far it is.</summary>
    public RecoveryStatus Status { get; init; }

    /// <summary>How many deliveries it has looked at.</summary>
    public int Examined { get; init; }

    /// <summary>How many it has started again.</summary>
    public int Sent { get; init; }

    /// <summary>Whether a row stands beside it that keeps others from starting at this endpoint; false for those from before there was one.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The event whose delivery it looked at last; null: it is at the beginning, with the newest.</summary>
    public string? LastEventId { get; init; }

    /// <summary>How much of its period it has gone through, the newest first, in percent; 100 once it has ended.</summary>
    /// <param name="first">Before when there was nothing to look at.</param>
    public int PercentSince(DateTimeOffset first)
    {
        if (Status != RecoveryStatus.Running)
            return 100;

        var from = Since > first ? Since : first;
        if (LastEventId is null || Until <= from)
            return 0;

        var seen = Until - SortableUuid.TimeOf(LastEventId[EventRows.IdPrefix.Length..]);
        return (int)Math.Clamp(100 * (seen / (Until - from)), 0, 99);
    }
}
