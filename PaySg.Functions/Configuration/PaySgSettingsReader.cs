using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using PaySg.Functions.Emails;
using PaySg.Functions.Storage;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Configuration;

/// <summary>Reads the <c>PaySg__…</c> settings, looks at those of the storage account, and reports all mistakes at once.</summary>
public static class PaySgSettingsReader
{
    private const int MinManagementKeyLength = 20;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="PaySgConfigurationException">A setting is missing or not usable.</exception>
    public static PaySgSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var section = configuration.GetSection("PaySg");

        var isDevelopment = IsDevelopment(configuration);
        var mode = ReadMode(section["Mode"], problems);
        var baseUrl = ReadBaseUrl(section["PublicBaseUrl"], problems);
        var maxAmount = ReadMaxAmount(section["MaxAmountInCents"], problems);
        var tablePrefix = ReadTablePrefix(section["TablePrefix"], problems);
        var currentKey = ReadKey("PaySg__Secrets__CurrentKey", section["Secrets:CurrentKey"], required: true, problems);
        var previousKey = ReadKey("PaySg__Secrets__PreviousKey", section["Secrets:PreviousKey"], required: false, problems);
        var currentTokenKey = ReadKey("PaySg__Tokens__CurrentKey", section["Tokens:CurrentKey"], required: true, problems);
        var previousTokenKey = ReadKey("PaySg__Tokens__PreviousKey", section["Tokens:PreviousKey"], required: false, problems);
        var tokenLifetime = ReadTokenLifetime(section["Tokens:LifetimeSeconds"], problems);
        var networks = ReadNetworks("PaySg__Webhooks__AllowedNetworks", section["Webhooks:AllowedNetworks"], problems);
        var managementKey = ReadManagementKey("PaySg__ManagementKey", section["ManagementKey"], isDevelopment, problems);
        var previousManagementKey = ReadManagementKey("PaySg__PreviousManagementKey", section["PreviousManagementKey"], isDevelopment, problems);
        var managementNetworks = ReadNetworks("PaySg__Management__AllowedNetworks", section["Management:AllowedNetworks"], problems);
        var requestsPerMinute = ReadRequestsPerMinute(section["RateLimit:RequestsPerMinute"], problems);
        var clientAddressHeader = ReadClientAddressHeader(section["ClientAddressHeader"], problems);
        var postsPerMinute = ReadPostsPerMinute(section["Webhooks:PostsPerMinute"], problems);
        var mailsPerDay = ReadMailsPerDay(section["RateLimit:MailsPerRecipientAndDay"], problems);
        var keptFor = ReadRetention(section["Retention:Days"], problems);
        var email = EmailSettingsReader.Read(section, problems);

        StorageSettings.Check(configuration, problems);

        RefuseOneName("PaySg__Secrets", currentKey, previousKey, problems);
        RefuseOneName("PaySg__Tokens", currentTokenKey, previousTokenKey, problems);
        if (previousManagementKey is not null && managementKey is null)
        {
            problems.Add("PaySg__PreviousManagementKey: set, although PaySg__ManagementKey is not. Set the new key there, or remove this one: then there is no management API.");
        }

        if (!isDevelopment)
        {
            KeyRules.Check(
                [
                    .. Management("PaySg__ManagementKey", managementKey),
                    .. Management("PaySg__PreviousManagementKey", previousManagementKey),
                    .. Named("PaySg__Secrets__CurrentKey", currentKey),
                    .. Named("PaySg__Secrets__PreviousKey", previousKey),
                    .. Named("PaySg__Tokens__CurrentKey", currentTokenKey),
                    .. Named("PaySg__Tokens__PreviousKey", previousTokenKey),
                ],
                problems);
            RefuseDemoOwners(section.GetSection("Demo"), problems);
        }

        if (mode == PaySgMode.Live)
        {
            problems.Add("PaySg__Mode: live needs a gateway that moves real money, and this release has the sandbox gateway only. Use test.");
            if (networks.Count > 0)
            {
                problems.Add("PaySg__Webhooks__AllowedNetworks: webhooks of real payments leave by HTTPS alone and to public addresses. Remove the setting in live mode.");
            }

            if (baseUrl.StartsWith("http:", StringComparison.Ordinal))
            {
                problems.Add($"PaySg__PublicBaseUrl: '{baseUrl}' is plain HTTP, which live mode refuses on this machine, too. Use an https URL.");
            }
        }

        if (problems.Count > 0)
        {
            throw new PaySgConfigurationException(problems);
        }

        return new PaySgSettings
        {
            Mode = mode,
            PublicBaseUrl = baseUrl,
            MaxAmountInCents = maxAmount,
            TablePrefix = tablePrefix,
            CurrentSecretKey = currentKey!,
            PreviousSecretKey = previousKey,
            CurrentTokenKey = currentTokenKey!,
            PreviousTokenKey = previousTokenKey,
            TokenLifetime = tokenLifetime,
            AllowedWebhookNetworks = networks,
            IsDevelopment = isDevelopment,
            DemoApiKey = DemoApiKeyOf(isDevelopment, section.GetSection("Demo").GetChildren().FirstOrDefault(each => each.Key == "ApiKey")?.Value),
            ManagementKeyDigest = DigestOf(managementKey),
            PreviousManagementKeyDigest = DigestOf(previousManagementKey),
            ManagementNetworks = managementNetworks,
            RequestsPerMinute = requestsPerMinute,
            ClientAddressHeader = clientAddressHeader,
            PostsPerMinute = postsPerMinute,
            MailsPerRecipientAndDay = mailsPerDay,
            KeptFor = keptFor,
            Email = email,
        };
    }

    /// <summary>The API key that pages may show: on a developer's machine the one that everybody knows, and never another.</summary>
    internal static string? DemoApiKeyOf(bool isDevelopment, string? key) => isDevelopment && key is not null && PublishedKeys.IsApiKey(key) ? key : null;

    private static ReadOnlyMemory<byte>? DigestOf(string? key) => key is null ? (ReadOnlyMemory<byte>?)null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static bool IsDevelopment(IConfiguration configuration) =>
        string.Equals(configuration["AZURE_FUNCTIONS_ENVIRONMENT"], "Development", StringComparison.OrdinalIgnoreCase);

    private static PaySgMode ReadMode(string? text, List<string> problems)
    {
        switch (text)
        {
            case "test":
                return PaySgMode.Test;
            case "live":
                return PaySgMode.Live;
            default:
                problems.Add($"PaySg__Mode: '{text}' is not a mode. Set it to test or live.");
                return PaySgMode.Test;
        }
    }

    private static string ReadBaseUrl(string? text, List<string> problems)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url.AbsoluteUri.TrimEnd('/');
        }

        problems.Add($"PaySg__PublicBaseUrl: '{text}' is not an absolute https URL. Set it to the address that payers see, such as https://pay.agency.gov.sg.");
        return "";
    }

    private static long ReadMaxAmount(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 20_000_000;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) && cents is >= 1 and <= 99_999_999)
        {
            return cents;
        }

        problems.Add($"PaySg__MaxAmountInCents: '{text}' is not a number of cents from 1 to 99999999.");
        return 0;
    }

    private static string ReadTablePrefix(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "paysg";
        }

        if (text.Length <= 40 && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit))
        {
            return text;
        }

        problems.Add($"PaySg__TablePrefix: '{text}' is not usable. At most 40 letters and digits, a letter first.");
        return "";
    }

    private static SecretKey? ReadKey(string name, string? text, bool required, List<string> problems)
    {
        if (string.IsNullOrEmpty(text) && !required)
        {
            return null;
        }

        var key = SecretKey.Parse(text);
        if (key is null)
        {
            problems.Add(KeyVaultReference.IsUnresolved(text)
                ? KeyVaultReference.ProblemOf(name)
                : $"{name}: {(string.IsNullOrEmpty(text) ? "missing" : "not a key")}. It must be a name, a colon and 32 bytes in base64, such as k1:$(openssl rand -base64 32). Check that none of it was cut off.");
        }

        return key;
    }

    private static TimeSpan ReadTokenLifetime(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return TimeSpan.FromHours(1);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 60 and <= 216_000)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        problems.Add($"PaySg__Tokens__LifetimeSeconds: '{text}' is not a number of seconds from 60 to 216000.");
        return default;
    }

    private static IEnumerable<GivenKey> Management(string name, string? key) => key is null || KeyVaultReference.IsUnresolved(key) ? [] : [GivenKey.OfManagement(name, key)];

    private static IEnumerable<GivenKey> Named(string name, SecretKey? key) => key is null ? [] : [GivenKey.Of(name, key)];

    /// <summary>What is encrypted or signed names its key, so two keys of one name cannot be told apart.</summary>
    private static void RefuseOneName(string prefix, SecretKey? current, SecretKey? previous, List<string> problems)
    {
        if (current is not null && current.Name == previous?.Name)
        {
            problems.Add($"{prefix}__PreviousKey: has the name of {prefix}__CurrentKey, '{current.Name}'. Give each new key a name of its own, such as k2.");
        }
    }

    /// <summary>The keys of demo owners are published.</summary>
    private static void RefuseDemoOwners(IConfigurationSection demo, List<string> problems)
    {
        if (demo.GetChildren().FirstOrDefault(setting => !string.IsNullOrEmpty(setting.Value)) is { } given)
        {
            problems.Add($"PaySg__Demo__{given.Key}: demo owners are for LocalHost alone. Remove all PaySg__Demo__ settings.");
        }
    }

    private static string? ReadManagementKey(string name, string? text, bool isDevelopment, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (KeyVaultReference.IsUnresolved(text))
        {
            problems.Add(KeyVaultReference.ProblemOf(name));
        }
        else if (isDevelopment && (text.Length < MinManagementKeyLength || !text.All(character => character is > ' ' and <= '~')))
        {
            problems.Add($"{name}: not usable. On a developer's machine it must be {MinManagementKeyLength} or more visible ASCII characters, such as $(openssl rand -hex 32); leave it out to have no management API.");
        }

        return text;
    }

    private static int ReadRequestsPerMinute(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 6000;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests is >= 0 and <= 6_000_000)
        {
            return requests;
        }

        problems.Add($"PaySg__RateLimit__RequestsPerMinute: '{text}' is not a number of requests from 0 (any number) to 6000000.");
        return 0;
    }

    private static string? ReadClientAddressHeader(string? text, List<string> problems)
    {
        switch (text)
        {
            case null or "":
                return "CLIENT-IP";
            case "none":
                return null;
        }

        if (text.Length > 100 || !text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            problems.Add($"PaySg__ClientAddressHeader: '{text}' is not the name of a header, such as CLIENT-IP or X-Azure-ClientIP. Where nothing tells a client's address, set it to none.");
        }

        return text;
    }

    private static int ReadPostsPerMinute(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 1200;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var posts) && posts is >= 20 and <= 600_000)
        {
            return posts;
        }

        problems.Add($"PaySg__Webhooks__PostsPerMinute: '{text}' is not a number of attempts from 20 to 600000.");
        return 0;
    }

    private static int ReadMailsPerDay(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 50;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mails) && mails is >= 0 and <= 100_000)
        {
            return mails;
        }

        problems.Add($"PaySg__RateLimit__MailsPerRecipientAndDay: '{text}' is not a number of mails from 0 (any number) to 100000.");
        return 0;
    }

    private static TimeSpan ReadRetention(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return TimeSpan.FromDays(90);
        }

        // The pull API promises 30 days.
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 30 and <= 3650)
        {
            return TimeSpan.FromDays(days);
        }

        problems.Add($"PaySg__Retention__Days: '{text}' is not a number of days from 30 to 3650.");
        return TimeSpan.Zero;
    }

    private static List<AllowedNetwork> ReadNetworks(string name, string? text, List<string> problems)
    {
        var networks = new List<AllowedNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (AllowedNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                problems.Add($"{name}: '{part}' is not a range in CIDR form, such as 10.1.0.0/16.");
            }
        }

        return networks;
    }
}
