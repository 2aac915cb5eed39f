using System.Text.RegularExpressions;

namespace PaySg.Functions.Operations.Backup;

/// <summary>Where backups go, and how long they stay.</summary>
/// <param name="Container"><c>PaySg__Backup__Container</c>: a container of the storage account; null: no backup is made.</param>
/// <param name="KeptFor"><c>PaySg__Backup__KeptDays</c>: default 35 days.</param>
internal sealed partial record BackupSettings(string? Container, TimeSpan KeptFor)
{
    internal static BackupSettings Read(SettingsReader settings)
    {
        var container = settings.Text("PaySg__Backup__Container");
        if (container is not null && !Name().IsMatch(container))
            settings.Refuse($"PaySg__Backup__Container: '{container}' is not the name of a container: 3 to 63 lower-case letters, digits and single dashes.");

        return new BackupSettings(container, TimeSpan.FromDays(settings.Number("PaySg__Backup__KeptDays", 1, 3650, 35, "days")));
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9](-?[a-z0-9])+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
