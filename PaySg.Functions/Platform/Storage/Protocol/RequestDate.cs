namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// The date of requests, which is signed. Storage compares it with its own clock, so it is the machine's, whatever clock the product has. It tells no more than the
/// second, so the requests of one have one text.
/// </summary>
internal static class RequestDate
{
    /// <summary>The header.</summary>
    public const string Header = "x-ms-date";

    private static Second? last;

    /// <summary>The date now, such as <c>Thu, 15 Jan 2026 01:30:00 GMT</c>.</summary>
    public static string Now()
    {
        var now = TimeProvider.System.GetUtcNow();
        var number = now.Ticks / TimeSpan.TicksPerSecond;
        if (Volatile.Read(ref last) is { } known && known.Number == number)
            return known.Text;

        var second = new Second(number, now.ToString("r", CultureInfo.InvariantCulture));
        Volatile.Write(ref last, second);
        return second.Text;
    }

    private sealed record Second(long Number, string Text);
}
