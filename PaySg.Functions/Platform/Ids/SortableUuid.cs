namespace PaySg.Functions.Platform.Ids;

/// <summary>Row keys from UUIDs of version 7, newest first.</summary>
internal static class SortableUuid
{
    /// <summary>Each hexadecimal digit d becomes f − d; dashes stay. Twice gives the text itself.</summary>
    public static string Complement(string uuid) => string.Create(uuid.Length, uuid, static (digits, source) =>
    {
        for (var i = 0; i < digits.Length; i++)
            digits[i] = source[i] == '-' ? '-' : "fedcba9876543210"[int.Parse(source.AsSpan(i, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];
    });

    /// <summary>The lowest UUID of version 7 that a moment can have, as text: a bound for ranges.</summary>
    public static string LowestAt(DateTimeOffset time)
    {
        var digits = Math.Max(0, time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
        return $"{digits[..8]}-{digits[8..]}-0000-0000-000000000000";
    }

    /// <summary>When a UUID of version 7 was made.</summary>
    public static DateTimeOffset TimeOf(string uuid) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(uuid[..8] + uuid[9..13], 16));

    /// <summary>Whether the text is a prefix followed by a UUID in its canonical, lower-case form.</summary>
    public static bool IsPrefixed(string? id, string prefix) =>
        id is not null
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(id.AsSpan(prefix.Length), "D", out var uuid)
        && id.AsSpan(prefix.Length).SequenceEqual(uuid.ToString("D"));
}
