namespace PaySg.Functions.Platform.Storage;

/// <summary>Parts that row keys of several tables share, and the bounds of range queries.</summary>
internal static class RowKeys
{
    /// <summary>How many digits <see cref="Milliseconds"/> writes.</summary>
    public const int MillisecondsLength = 14;

    /// <summary>Unix milliseconds in 14 digits, so that they sort as text.</summary>
    public static string Milliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    /// <summary>The first place behind a key, among keys of one length.</summary>
    public static string Behind(string key) => key + "-";

    /// <summary>A filter for one partition and the row keys from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive).</summary>
    public static string Range(string partitionKey, string from, string to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey ge {from} and RowKey lt {to}");

    /// <summary>A filter for one partition and all row keys that begin with the prefix, which ends with a colon.</summary>
    public static string Prefix(string partitionKey, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return Range(partitionKey, prefix, End(prefix));
    }

    /// <summary>The same, from the row after <paramref name="last"/> on. Row keys with the prefix must be of one length.</summary>
    public static string PrefixAfter(string partitionKey, string prefix, string last)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return Range(partitionKey, last + '!', End(prefix));
    }

    private static string End(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
