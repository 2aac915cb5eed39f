using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Texts as mails show them.</summary>
internal static class MailText
{
    /// <summary>The text as part of a header: what mail programs would take for an encoded word (RFC 2047) is taken apart.</summary>
    public static string Header(string? text) => ShownText.OneLine(text).Replace("=?", "= ?", StringComparison.Ordinal);

    /// <summary>The text as the name beside an address: the two characters that end or escape a quoted name become others.</summary>
    public static string DisplayName(string? text) => Header(text).Replace('"', '\'').Replace('\\', '/');
}
