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
    public static LateRefundTry Of(OutboxRow work) => Split(work.Subject);

    /// <summary>The number of the try that a refund of a late charge was.</summary>
    public static int NumberOf(string refundId) => Split(refundId).Number;

    /// <summary>The row of the next try.</summary>
    public OutboxRow Next(OutboxRow work, DateTimeOffset dueAt) =>
        work with { DueAt = dueAt, Subject = string.Create(CultureInfo.InvariantCulture, $"{Subject}{Marker}{Number + 1}") };

    /// <summary>What the gateway is told. A row stands for one try from the time that it was due at first, which is when the gateway was asked.</summary>
    public GatewayRefund RefundOf(GatewayAttempt charged, OutboxRow work) => new(
        charged,
        Number == 0 ? charged.Key.AttemptId : string.Create(CultureInfo.InvariantCulture, $"{charged.Key.AttemptId}{Marker}{Number}"),
        charged.Amount,
        work.DueAt);

    /// <summary>What stands before the number of a try, and the number; 0 where there is none.</summary>
    private static LateRefundTry Split(string text)
    {
        var parts = text.Split(Marker);
        return parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new LateRefundTry(parts[0], number)
            : new LateRefundTry(text, 0);
    }
}
