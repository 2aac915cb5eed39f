namespace PaySg.Functions.Webhooks.Recoveries;

/// <summary>How far a recovery is.</summary>
internal enum RecoveryStatus
{
    Running,

    /// <summary>It has seen the whole window.</summary>
    Completed,

    /// <summary>It ended early, because the endpoint was disabled or deleted.</summary>
    Stopped,
}
