using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PaySg.LocalHost.Mailbox;

/// <summary>Decodes header texts that are not ASCII (RFC 2047), in UTF-8.</summary>
internal static partial class EncodedWords
{
    /// <summary>The text with each <c>=?utf-8?B?…?=</c> and <c>=?utf-8?Q?…?=</c> decoded; blanks between two of them do not count.</summary>
    public static string Decode(string text) => Words().Replace(text, run =>
    {
        // A character may be cut in two by the end of a word, so bytes are joined before they are read as text.
        var bytes = new List<byte>();
        foreach (Match word in Word().Matches(run.Value))
            bytes.AddRange(word.Groups["kind"].Value is "B" or "b" ? Convert.FromBase64String(word.Groups["text"].Value) : Quoted(word.Groups["text"].Value));
        return Encoding.UTF8.GetString([.. bytes]);
    });

    private static IEnumerable<byte> Quoted(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                yield return byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                yield return text[i] == '_' ? (byte)' ' : (byte)text[i];
            }
        }
    }

    [GeneratedRegex(@"=\?utf-8\?[BQ]\?[^?]*\?=(\s+=\?utf-8\?[BQ]\?[^?]*\?=)*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"=\?utf-8\?(?<kind>[BQ])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
