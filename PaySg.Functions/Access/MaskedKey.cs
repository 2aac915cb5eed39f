namespace PaySg.Functions.Access;

/// <summary>What a log may show of a key that lets nobody in, and a list of one that does: enough to recognise it, too little to be of use.</summary>
internal static class MaskedKey
{
    private const int MostShown = 4;

    private static readonly string[] Prefixes = ["paysg_live_", "paysg_stag_", "paysg_", "whsec_"];

    /// <summary>What it begins with, an eighth of the rest and at most four characters, and how long it is.</summary>
    public static string Of(string key)
    {
        var prefix = Array.Find(Prefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        var rest = key[prefix.Length..];
        var shown = rest[..Math.Min(MostShown, rest.Length / 8)];

        // Somebody else's text: nothing in it may end a line or colour a terminal.
        return $"{prefix}{string.Concat(shown.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '?'))}… ({key.Length} characters)";
    }
}
