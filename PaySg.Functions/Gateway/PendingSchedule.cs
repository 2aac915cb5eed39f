using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Gateway;

/// <summary>
/// When a pending attempt is checked, counted from its start. The gateway sends a notice when it has decided, and a notice can be lost:
/// so it is asked as well, and what is not decided in the end is withdrawn.
/// </summary>
internal static class PendingSchedule
{
    /// <summary>When the gateway is asked.</summary>
    public static readonly IReadOnlyList<TimeSpan> AskedAfter = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>When the attempt is withdrawn: as long as a PayNow QR code is good (guide, FAQ "Payments").</summary>
    public static readonly TimeSpan WithdrawnAfter = TimeSpan.FromHours(1);

    /// <summary>The row for its first check.</summary>
    internal static OutboxRow First(ChargeAttempt attempt, string paymentServiceId) => Row(attempt, paymentServiceId, attempt.CreatedAt + AskedAfter[0]);

    /// <summary>The row for its next check: an hour later if it could not be withdrawn because the payer's bank is working on it.</summary>
    internal static OutboxRow Next(ChargeAttempt attempt, string paymentServiceId, DateTimeOffset now)
    {
        var age = now - attempt.CreatedAt;
        var next = AskedAfter.Append(WithdrawnAfter).FirstOrDefault(delay => delay > age);
        return Row(attempt, paymentServiceId, next > TimeSpan.Zero ? attempt.CreatedAt + next : now + WithdrawnAfter);
    }

    private static OutboxRow Row(ChargeAttempt attempt, string paymentServiceId, DateTimeOffset due) =>
        new(paymentServiceId, due, OutboxKind.PendingCharge, OutboxSubject.Of(attempt.PaymentId, attempt.Id));
}
