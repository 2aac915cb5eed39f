namespace PaySg.Functions.Operations.Housekeeping;

/// <summary>How long rows are kept.</summary>
/// <param name="KeptFor"><c>PaySg__Retention__Days</c>: events and finished deliveries. Default 90 days; at least 30, which the pull API promises.</param>
/// <param name="PaymentYears">
/// <c>PaySg__Retention__PaymentYears</c>: payments, counted from their last change. Default 100, which is to say always; at least 6, so that the five years of
/// a tax record have passed whatever accounting period it belongs to, and so that attempts to pay are gone before.
/// </param>
internal sealed record RetentionSettings(TimeSpan KeptFor, int PaymentYears)
{
    private const string Days = "PaySg__Retention__Days";
    private const string Years = "PaySg__Retention__PaymentYears";

    internal static RetentionSettings Read(SettingsReader settings)
    {
        var read = new RetentionSettings(TimeSpan.FromDays(settings.Number(Days, 30, 3650, 90, "days")), settings.Number(Years, 6, 100, 100, "years"));

        // Events hold what the payment held: they must not outlive it.
        if (read.KeptFor.TotalDays > read.PaymentYears * 365)
            settings.Refuse($"{Days}: events are kept for {read.KeptFor.TotalDays} days, and payments for {read.PaymentYears} years ({Years}). Do not keep events for longer than payments.");

        return read;
    }
}
