using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>A way to reach whoever is paid, as a link where the text is an email address or a phone number, and as plain text where it is neither.</summary>
internal static class ContactWay
{
    private const int FewestDigits = 3;

    // ITU-T E.164, section 6: a number has at most 15 digits.
    private const int MostDigits = 15;

    /// <summary>The way, in one piece that no line breaks where it is a number.</summary>
    public static Html Of(string way) => HrefOf(way) switch
    {
        null => Html.Of($"""<span>{way}</span>"""),
        var href when href.StartsWith("tel:", StringComparison.Ordinal) => Html.Of($"""<a class="whole" href="{href}">{way}</a>"""),
        var href => Html.Of($"""<a href="{href}">{way}</a>"""),
    };

    /// <summary>Where a link leads: <c>mailto:</c> (RFC 6068) or <c>tel:</c> (RFC 3966); null: the text is nothing that a browser could open.</summary>
    public static string? HrefOf(string way) => EmailAddress.IsValid(way) ? MailOf(way) : PhoneOf(way);

    /// <summary>Whatever would end the address, or begin a subject or a second receiver, is escaped.</summary>
    private static string MailOf(string address)
    {
        var at = address.LastIndexOf('@');
        return $"mailto:{Uri.EscapeDataString(address[..at])}@{Uri.EscapeDataString(address[(at + 1)..])}";
    }

    /// <summary>Digits, and a plus before them. What has a letter or another sign in it may be anything: an extension, two numbers, opening hours.</summary>
    private static string? PhoneOf(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var plus = text.TrimStart().StartsWith('+') ? "+" : "";
        var isPhone = digits.Length is >= FewestDigits and <= MostDigits
            && text.Count(static character => character == '+') == plus.Length
            && text.All(static character => char.IsAsciiDigit(character) || char.IsWhiteSpace(character) || "+-().‐‑".Contains(character, StringComparison.Ordinal));
        return isPhone ? $"tel:{plus}{digits}" : null;
    }
}
