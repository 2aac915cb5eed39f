namespace PaySg.Functions.Platform.Http;

/// <summary>The <c>limit</c> of a list: how many entries a page has at most.</summary>
internal static class PageLimit
{
    /// <summary>Where the caller names none.</summary>
    public const int Default = 20;

    /// <summary>The largest.</summary>
    public const int Max = 100;

    /// <summary>What is said of a text that is no limit.</summary>
    public static readonly string Expected = $"must be an integer from 1 to {Max}.";

    /// <summary>Reads the query's text; null is the default.</summary>
    public static bool TryRead(string? text, out int limit)
    {
        limit = Default;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Max);
    }

    /// <summary>Reads the query's text; null is the default.</summary>
    /// <exception cref="ApiException">400 where it is no limit.</exception>
    public static int Read(string? text) => TryRead(text, out var limit) ? limit : throw ApiErrors.InvalidParameter("limit", Expected);
}
