using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>The statuses that a history shows.</summary>
internal static class HistoryStatus
{
    /// <summary>The payer has begun and not paid.</summary>
    public const string Pending = "pending";

    /// <summary>The payer has paid.</summary>
    public const string Paid = "paid";

    /// <summary>Nothing was charged, or what was charged went back.</summary>
    public const string Failed = "failed";

    /// <summary>The payer's time is over.</summary>
    public const string Expired = "expired";

    /// <summary>All of them, as a filter may name them.</summary>
    public static readonly IReadOnlyList<string> All = [Pending, Paid, Failed, Expired];

    /// <summary>The status as it is stored.</summary>
    public static string Stored(LinkAttempt attempt)
    {
        return attempt.Status switch
        {
            ChargeAttemptStatus.Begun or ChargeAttemptStatus.Pending => Pending,
            ChargeAttemptStatus.Succeeded => Paid,
            _ => attempt.FailureReason == LinkAttempt.Expired ? Expired : Failed,
        };
    }

    /// <summary>The status at a moment: an attempt whose payer's time is over is expired, though that is not stored yet.</summary>
    public static string ComputedAt(LinkAttempt attempt, DateTimeOffset now) => attempt.IsExpiredAt(now) ? Expired : Stored(attempt);
}
