using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Configuration;
using PaySg.Functions.Http;

namespace PaySg.Functions.Emails;

/// <summary>Reads and checks the <c>PaySg__Email__…</c> settings.</summary>
internal static class EmailSettingsReader
{
    /// <summary>The settings; null where there are none. What is wrong with them is added to the problems.</summary>
    public static EmailSettings? Read(IConfigurationSection section, List<string> problems)
    {
        var host = TextOf(section["Email:SmtpHost"]);
        if (host is null)
        {
            var other = section.GetSection("Email").GetChildren().FirstOrDefault(setting => !string.IsNullOrEmpty(setting.Value));
            if (other is not null)
            {
                problems.Add($"PaySg__Email__SmtpHost: missing, although PaySg__Email__{other.Key} is set. Set it to the mail relay, or remove all PaySg__Email__ settings: then no mails are sent.");
            }

            return null;
        }

        var before = problems.Count;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            problems.Add($"PaySg__Email__SmtpHost: '{host}' is not a host name or an IP address. Leave out scheme and port.");
        }

        var settings = new EmailSettings
        {
            SmtpHost = host,
            SmtpPort = ReadPort(TextOf(section["Email:SmtpPort"]), problems),
            SmtpUser = TextOf(section["Email:SmtpUser"]),
            SmtpPassword = TextOf(section["Email:SmtpPassword"]),
            UseTls = ReadUseTls(TextOf(section["Email:UseTls"]), problems),
            From = ReadFrom(TextOf(section["Email:From"]), problems),
            FromName = ReadFromName(TextOf(section["Email:FromName"]), problems),
        };
        CheckCredentials(settings, problems);
        return problems.Count == before ? settings : null;
    }

    private static string? TextOf(string? setting) => setting is { Length: > 0 } ? setting : null;

    private static bool ReadUseTls(string? text, List<string> problems)
    {
        if (text is null)
        {
            return true;
        }

        if (!bool.TryParse(text, out var useTls))
        {
            problems.Add($"PaySg__Email__UseTls: '{text}' is neither true nor false.");
            return true;
        }

        return useTls;
    }

    private static int ReadPort(string? text, List<string> problems)
    {
        if (text is null)
        {
            return 587;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            problems.Add($"PaySg__Email__SmtpPort: '{text}' is not a port from 1 to 65535.");
        }

        return port;
    }

    private static string ReadFrom(string? text, List<string> problems)
    {
        if (text is null)
        {
            problems.Add("PaySg__Email__From: missing. Set it to the address that mails come from, such as no-reply@agency.gov.sg.");
        }
        else if (!EmailAddress.IsValid(text) || !text.All(char.IsAscii))
        {
            problems.Add($"PaySg__Email__From: '{text}' is not an e-mail address alone, such as no-reply@agency.gov.sg. The name goes into PaySg__Email__FromName.");
        }

        return text ?? "";
    }

    private static string? ReadFromName(string? text, List<string> problems)
    {
        if (text is not null && (text.Length > 100 || text.Any(char.IsControl)))
        {
            problems.Add("PaySg__Email__FromName: must be at most 100 characters in one line.");
        }

        return text;
    }

    private static void CheckCredentials(EmailSettings settings, List<string> problems)
    {
        if (settings.SmtpUser is null != settings.SmtpPassword is null)
        {
            problems.Add("PaySg__Email__SmtpUser and PaySg__Email__SmtpPassword: set both, or none for a relay that asks for no name.");
        }
        else if (KeyVaultReference.IsUnresolved(settings.SmtpPassword))
        {
            problems.Add(KeyVaultReference.ProblemOf("PaySg__Email__SmtpPassword"));
        }
        else if (settings is { SmtpUser: not null, UseTls: false } && !IsThisMachine(settings.SmtpHost))
        {
            problems.Add("PaySg__Email__UseTls: false would send the password in the clear. Set it to true, or use a relay that asks for no name.");
        }
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
