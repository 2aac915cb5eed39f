using System.Net.Mail;

namespace PaySg.Functions.Http;

/// <summary>Texts of a certain form among a request's fields.</summary>
public static class RequestFormats
{
    /// <summary>An e-mail address, or null.</summary>
    public static string? OptionalEmail(this RequestFields fields, string name, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var text = fields.OptionalText(name, maxLength);
        if (text is null)
        {
            return null;
        }

        return IsEmail(text) ? text : fields.Wrong(name, "must be an e-mail address, such as payer@example.com.");
    }

    /// <summary>Whether the text is an e-mail address and nothing else.</summary>
    public static bool IsEmail(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(char.IsControl) && !text.Contains(' ', StringComparison.Ordinal);
    }

    /// <summary>An https URL of another machine, or null.</summary>
    public static string? OptionalHttpsUrl(this RequestFields fields, string name, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var text = fields.OptionalText(name, maxLength);
        if (text is null)
        {
            return null;
        }

        // Written out in full ("https://"), so that what is stored, shown and followed is one and the same text.
        return text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && text.All(char.IsAscii)
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && Uri.IsWellFormedUriString(text, UriKind.Absolute)
            && url.UserInfo.Length == 0
            && !ThisMachine.Is(url)
            ? text
            : fields.Wrong(name, "must be a valid HTTPS URL, not one of this machine, such as https://eservice.agency.gov.sg/done.");
    }

    /// <summary>
    /// A percentage from 0 to 100 as hundredths of a percent, or null: a JSON number of at most two decimals, read digit by digit and never
    /// as floating point.
    /// </summary>
    public static int? OptionalPercent(this RequestFields fields, string name)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.OptionalNumberText(name) is not { } text)
        {
            return null;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length <= 3 && decimals.Length <= 2 && (whole + decimals).All(char.IsAsciiDigit)
            && int.Parse(whole + decimals.PadRight(2, '0')) is var hundredths and <= 100_00)
        {
            return hundredths;
        }

        fields.Wrong(name, "must be a number from 0 to 100 with at most two decimals, such as 9 or 9.25.");
        return null;
    }
}
