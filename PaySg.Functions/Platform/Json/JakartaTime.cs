namespace PaySg.Functions.Platform.Json;

/// <summary>Times as Singapay prints them: of Asia/Jakarta, which is <c>+07:00</c> all year.</summary>
internal static class JakartaTime
{
    /// <summary>How far Jakarta is ahead of UTC.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    /// <summary>Such as <c>2025-10-21T13:59:40+07:00</c>: to the second.</summary>
    public static string Format(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm:ss'+07:00'", CultureInfo.InvariantCulture);

    /// <summary>As texts of webhooks: such as <c>26 Dec 2025 14:30:45</c>.</summary>
    public static string FormatText(DateTimeOffset time) =>
        time.ToOffset(Offset).ToString("dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The date, such as <c>20251021</c>.</summary>
    public static string Date(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
