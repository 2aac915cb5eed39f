namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>How long rows are kept that are not the agency's books.</summary>
/// <param name="KeptFor"><c>PaySg__Retention__Days</c>: events, finished deliveries and attempts to pay. Default 90 days; at least 30, which the pull API promises.</param>
internal sealed record RetentionSettings(TimeSpan KeptFor)
{
    internal static RetentionSettings Read(SettingsReader settings) => new(TimeSpan.FromDays(settings.Number("PaySg__Retention__Days", 30, 3650, 90, "days")));
}
