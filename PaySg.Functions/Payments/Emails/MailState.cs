namespace PaySg.Functions.Payments.Emails;

internal enum MailState
{
    /// <summary>An attempt is due, now or later.</summary>
    Pending,

    /// <summary>The relay has taken it. Final.</summary>
    Sent,

    /// <summary>All attempts failed, or one failed permanently. Final.</summary>
    Failed,

    /// <summary>What it tells was no longer true before it was sent. Final.</summary>
    Superseded,
}
