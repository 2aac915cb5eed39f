using System.Net;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Reads and checks the <c>PaySg__Email__…</c> settings.</summary>
internal static class EmailSettingsReader
{
    private const int MostReminderDays = 90;

    /// <summary>The settings; null where there are none. What is wrong with them is added to the problems.</summary>
    public static EmailSettings? Read(SettingsReader settings)
    {
        var host = settings.Text("PaySg__Email__SmtpHost");
        if (host is null)
        {
            if (settings.FirstUnder("PaySg__Email") is { } other)
                settings.Refuse($"PaySg__Email__SmtpHost: missing, although PaySg__Email__{other} is set. Set it to the mail relay, or remove all PaySg__Email__ settings: then no mails are sent.");

            return null;
        }

        var before = settings.Problems.Count;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            settings.Refuse($"PaySg__Email__SmtpHost: '{host}' is not a host name or an IP address. Leave out scheme and port.");

        var email = new EmailSettings
        {
            SmtpHost = host,
            SmtpPort = ReadPort(settings.Text("PaySg__Email__SmtpPort"), settings),
            SmtpUser = settings.Text("PaySg__Email__SmtpUser"),
            SmtpPassword = settings.Text("PaySg__Email__SmtpPassword"),
            UseTls = ReadUseTls(settings.Text("PaySg__Email__UseTls"), settings),
            From = ReadFrom(settings.Text("PaySg__Email__From"), settings),
            FromName = ReadFromName(settings.Text("PaySg__Email__FromName"), settings),
            ReminderDays = ReadReminderDays(settings.Text("PaySg__Email__ReminderDays"), settings),
        };
        CheckCredentials(email, settings);
        return settings.Problems.Count == before ? email : null;
    }

    private static bool ReadUseTls(string? text, SettingsReader settings)
    {
        if (text is null)
            return true;

        if (!bool.TryParse(text, out var useTls))
        {
            settings.Refuse($"PaySg__Email__UseTls: '{text}' is neither true nor false.");
            return true;
        }

        return useTls;
    }

    private static int ReadPort(string? text, SettingsReader settings)
    {
        if (text is null)
            return 587;

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            settings.Refuse($"PaySg__Email__SmtpPort: '{text}' is not a port from 1 to 65535.");

        return port;
    }

    private static string ReadFrom(string? text, SettingsReader settings)
    {
        if (text is null)
        {
            settings.Refuse("PaySg__Email__From: missing. Set it to the address that mails come from, such as no-reply@agency.gov.sg.");
        }
        else if (!EmailAddress.IsValid(text) || !text.All(char.IsAscii))
        {
            settings.Refuse($"PaySg__Email__From: '{text}' is not an e-mail address alone, such as no-reply@agency.gov.sg. The name goes into PaySg__Email__FromName.");
        }

        return text ?? "";
    }

    private static string? ReadFromName(string? text, SettingsReader settings)
    {
        if (text is not null && (text.Length > 100 || text.Any(char.IsControl)))
            settings.Refuse("PaySg__Email__FromName: must be at most 100 characters in one line.");

        return text;
    }

    private static int? ReadReminderDays(string? text, SettingsReader settings)
    {
        if (text is null)
            return null;

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > MostReminderDays)
            settings.Refuse($"PaySg__Email__ReminderDays: '{text}' is not a number of days from 1 to {MostReminderDays}. Remove it where nobody is to be reminded.");

        return days;
    }

    private static void CheckCredentials(EmailSettings email, SettingsReader settings)
    {
        if (email.SmtpUser is null != email.SmtpPassword is null)
        {
            settings.Refuse("PaySg__Email__SmtpUser and PaySg__Email__SmtpPassword: set both, or none for a relay that asks for no name.");
        }
        else if (KeyVaultReference.IsUnresolved(email.SmtpPassword))
        {
            settings.Refuse(KeyVaultReference.ProblemOf("PaySg__Email__SmtpPassword"));
        }
        else if (email is { SmtpUser: not null, UseTls: false } && !IsThisMachine(email.SmtpHost))
        {
            settings.Refuse("PaySg__Email__UseTls: false would send the password in the clear. Set it to true, or use a relay that asks for no name.");
        }
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
