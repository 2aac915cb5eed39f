using System.Collections.Concurrent;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The names of columns and of their types, each kept once: the product has a few dozen, and every row that is read names some of them.</summary>
internal static class ColumnNames
{
    /// <summary>How many are kept. Whoever writes rows of other names gets texts of their own.</summary>
    private const int Most = 512;

    /// <summary>How many characters the name of a column has at most.</summary>
    public const int Longest = 255;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByCharacters = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text that a reader stands at.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > Longest)
            return reader.GetString()!;

        Span<char> characters = stackalloc char[Longest];
        characters = characters[..reader.CopyString(characters)];
        if (ByCharacters.TryGetValue(characters, out var known))
            return known;

        var name = characters.ToString();
        if (Known.Count < Most)
            Known.TryAdd(name, name);

        return name;
    }
}
