using System.Globalization;

namespace Azure.Data.Tables.Internal;

/// <summary>Writes values into filters and addresses.</summary>
internal static class ODataLiteral
{
    /// <summary>Replaces the arguments of an interpolated filter by their literals.</summary>
    /// <exception cref="ArgumentException">If an argument has a type that the service does not compare.</exception>
    public static string Filter(FormattableString filter) =>
        string.Format(CultureInfo.InvariantCulture, filter.Format, Array.ConvertAll<object?, object>(filter.GetArguments(), Of));

    public static string Quote(string value) => value.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>The address of an entity, below that of the account: every character that could end the key is encoded.</summary>
    public static string EntityPath(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{EscapeKey(partitionKey)}',RowKey='{EscapeKey(rowKey)}')";

    public static string Instant(DateTimeOffset value) => Instant(value.UtcDateTime);

    /// <param name="utc">An instant, in UTC.</param>
    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string EscapeKey(string key) => Uri.EscapeDataString(Quote(key));

    private static string Of(object? value) => value switch
    {
        null => "null",
        bool x => x ? "true" : "false",
        string x => $"'{Quote(x)}'",
        char x => $"'{Quote(x.ToString())}'",
        long or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}L"),
        sbyte or byte or short or ushort or int or uint or float or double or decimal =>
            string.Create(CultureInfo.InvariantCulture, $"{value}"),
        Guid x => $"guid'{x}'",
        DateTimeOffset x => $"datetime'{Instant(x)}'",
        DateTime x => $"datetime'{Instant(x.ToUniversalTime())}'",
        byte[] x => $"X'{Convert.ToHexString(x)}'",
        BinaryData x => $"X'{Convert.ToHexString(x.ToMemory().Span)}'",
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be written into a filter.", nameof(value)),
    };
}
