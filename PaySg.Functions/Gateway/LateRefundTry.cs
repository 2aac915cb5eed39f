using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Gateway;

/// <summary>
/// A try to give back what was charged too late. A gateway answers a key as it did first, so what it has refused is asked for again as another refund. The
/// number of the try stands at the end of the row's subject: <c>….t1</c>; the first has none.
/// </summary>
/// <param name="Subject">The row's subject without it.</param>
/// <param name="Number">From 0.</param>
internal sealed record LateRefundTry(string Subject, int Number)
{
    private const string Marker = ".t";

    /// <summary>The try that a row stands for.</summary>
    public static LateRefundTry Of(OutboxRow work)
    {
        var at = work.Subject.LastIndexOf(Marker, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(work.Subject.AsSpan(at + Marker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new LateRefundTry(work.Subject[..at], number)
            : new LateRefundTry(work.Subject, 0);
    }

    /// <summary>The number of the try that a refund of a late charge was.</summary>
    public static int NumberOf(string refundId, string attemptId) =>
        refundId.Length > attemptId.Length + Marker.Length && int.TryParse(refundId.AsSpan(attemptId.Length + Marker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>The row of the next try.</summary>
    public OutboxRow Next(OutboxRow work, DateTimeOffset dueAt) =>
        work with { DueAt = dueAt, Subject = string.Create(CultureInfo.InvariantCulture, $"{Subject}{Marker}{Number + 1}") };

    /// <summary>What the gateway is told. A row stands for one try from the time that it was due at first, which is when the gateway was asked.</summary>
    public GatewayRefund RefundOf(GatewayAttempt charged, OutboxRow work) => new(
        charged,
        Number == 0 ? charged.Key.AttemptId : string.Create(CultureInfo.InvariantCulture, $"{charged.Key.AttemptId}{Marker}{Number}"),
        charged.Amount,
        work.DueAt);
}
