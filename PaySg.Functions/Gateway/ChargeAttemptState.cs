namespace PaySg.Functions.Gateway;

/// <summary>Where an attempt stands.</summary>
/// <param name="Status">Its status.</param>
/// <param name="FailureReason">Why nothing was charged, or was kept, in snake_case; null otherwise.</param>
internal readonly record struct ChargeAttemptState(ChargeAttemptStatus Status, string? FailureReason = null)
{
    /// <summary>Whether what was charged came too late, and goes back or has gone back.</summary>
    public bool GoesBack => Status == ChargeAttemptStatus.Refunding || FailureReason == ChargeAttempt.RefundedLate;
}
