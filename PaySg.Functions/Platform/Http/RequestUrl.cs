using System.Net;

namespace PaySg.Functions.Platform.Http;

/// <summary>
/// URLs as callers write them. They are taken by RFC 3986 alone, and in ASCII, so that what is stored, shown and followed is one and the same text: browsers
/// take more, and each repairs it in its own way.
/// </summary>
internal static class RequestUrl
{
    private const string Unreserved = "-._~";
    private const string Delimiters = ":/?#[]@!$&'()*+,;=";

    // Names that lead to the machine itself wherever they are looked up (RFC 6761, section 6.3), or by the usual hosts file.
    private static readonly string[] OwnNames = ["localhost", "localhost.localdomain", "localhost6", "localhost6.localdomain6", "ip6-localhost", "ip6-loopback"];

    /// <summary>The http or https URL; null, and why, where it is none. The reason stands behind "must be …: ".</summary>
    public static Uri? Read(string text, out string? why)
    {
        why = null;
        var schemeLength = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : 0;
        if (schemeLength == 0)
        {
            why = "it does not begin with https://, written out in full.";
            return null;
        }

        var hostEnd = text.AsSpan(schemeLength).IndexOfAny('/', '?', '#') is var length and >= 0 ? schemeLength + length : text.Length;
        why = FaultIn(text, schemeLength, hostEnd);
        if (why is not null)
            return null;

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0)
            return url;

        why = "its host or port is none.";
        return null;
    }

    /// <summary>Whether a URL's host is this very machine, in whatever form: by name, or by an address of IPv4 or IPv6 in any notation that browsers take.</summary>
    public static bool IsThisMachine(Uri url)
    {
        var name = url.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return OwnNames.Contains(name) || name.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(name, out var address) && IsThisMachine(address));
    }

    /// <summary>Whether the URL is plain http to <c>localhost</c>, <c>127.0.0.1</c> or <c>[::1]</c>: a developer's own page.</summary>
    public static bool IsLocalPage(Uri url) => url.Scheme == Uri.UriSchemeHttp && url.Host is "localhost" or "127.0.0.1" or "[::1]";

    private static bool IsThisMachine(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (length == 4)
            return bytes[0] is 0 or 127;

        // IPv4 within IPv6: mapped (::ffff:0:0/96), or compatible (::/96), of which :: and ::1 are two.
        return bytes[..10].ContainsAnyExcept((byte)0) == false
            && ((bytes[10] == 0xFF && bytes[11] == 0xFF) || (bytes[10] == 0 && bytes[11] == 0))
            && bytes[12] is 0 or 127;
    }

    private static string? FaultIn(string text, int hostStart, int hostEnd)
    {
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var isInHost = i >= hostStart && i < hostEnd;
            if (!char.IsAscii(character))
            {
                return isInHost
                    ? $"it has {Name(text, i)} in the host. Write the host in its xn-- form."
                    : Encode(text, i, Rune.TryGetRuneAt(text, i, out var rune) ? rune : Rune.ReplacementChar);
            }

            if (character == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return $"it has % at character {i + 1} without two hexadecimal digits behind it. Write %25.";
            }
            else if (!(char.IsAsciiLetterOrDigit(character) || Unreserved.Contains(character, StringComparison.Ordinal) || Delimiters.Contains(character, StringComparison.Ordinal))
                || (character is '[' or ']' && !isInHost)
                || (character == '#' && i != fragment))
            {
                return Encode(text, i, new Rune(character));
            }
        }

        return null;
    }

    private static string Encode(string text, int index, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        var length = rune.EncodeToUtf8(bytes);
        var encoded = string.Concat(bytes[..length].ToArray().Select(value => string.Create(CultureInfo.InvariantCulture, $"%{value:X2}")));
        return $"it has {Name(text, index)}, which a URL cannot hold there (RFC 3986). Write {encoded} instead.";
    }

    private static string Name(string text, int index)
    {
        var character = text[index];
        var shown = character is > ' ' and < '\u007f' ? character.ToString()
            : character == ' ' ? "a space"
            : Rune.TryGetRuneAt(text, index, out var rune) ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}") : "an unpaired surrogate";
        return string.Create(CultureInfo.InvariantCulture, $"{shown} at character {index + 1}");
    }
}
