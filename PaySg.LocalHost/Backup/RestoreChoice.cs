namespace PaySg.LocalHost.Backup;

/// <summary>What <c>restore</c> is to do.</summary>
/// <param name="From">A folder, the id of a run in the container, or <c>latest</c>.</param>
/// <param name="Owner">The only owner whose rows are restored; null: everybody's.</param>
/// <param name="Into">The prefix of new tables to restore into; null: the app's own.</param>
/// <param name="Overwrites">Whether rows that differ are put back too.</param>
/// <param name="ReportsOnly">Whether to say what would change, and change nothing.</param>
/// <param name="IsConfirmed">Whether whoever asks has seen the report: nothing is overwritten without it, and nothing is put back into a store in use.</param>
/// <param name="FromAccount">The other storage account whose backup may be restored here; null: only this one's.</param>
internal sealed record RestoreChoice(string From, string? Owner = null, string? Into = null, bool Overwrites = false, bool ReportsOnly = false, bool IsConfirmed = false, string? FromAccount = null)
{
    /// <summary>What stands for the newest whole run.</summary>
    public const string Latest = "latest";
}
