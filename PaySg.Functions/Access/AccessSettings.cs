using System.Security.Cryptography;

namespace PaySg.Functions.Access;

/// <summary>Who is let in, and the keys that secrets and tokens are made with.</summary>
internal sealed record AccessSettings
{
    private const int MinManagementKeyLength = 20;

    /// <summary><c>PaySg__Secrets__CurrentKey</c>: the key that new secrets are encrypted with.</summary>
    public required SecretKey CurrentSecretKey { get; init; }

    /// <summary><c>PaySg__Secrets__PreviousKey</c>: the key that older secrets may still be encrypted with.</summary>
    public SecretKey? PreviousSecretKey { get; init; }

    /// <summary><c>PaySg__Tokens__CurrentKey</c>: the key that access tokens of the Singapay API are signed with.</summary>
    public required SecretKey CurrentTokenKey { get; init; }

    /// <summary><c>PaySg__Tokens__PreviousKey</c>: the key that older access tokens may still be signed with.</summary>
    public SecretKey? PreviousTokenKey { get; init; }

    /// <summary><c>PaySg__Tokens__LifetimeSeconds</c>: how long an access token of the Singapay API is valid. Default one hour, like Singapay's.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What API keys begin with: <c>paysg_stag_</c> or, in live mode, <c>paysg_live_</c>.</summary>
    public string ApiKeyPrefix { get; init; } = "paysg_stag_";

    /// <summary>The published API key that LocalHost made, for the API browser to fill in; null: anywhere but on a developer's machine, and where the developer has another.</summary>
    public string? DemoApiKey { get; init; }

    /// <summary>
    /// The SHA-256 of <c>PaySg__ManagementKey</c>, which opens the management API; null: there is no such API. The key itself is not kept,
    /// so it cannot be printed.
    /// </summary>
    public ReadOnlyMemory<byte>? ManagementKeyDigest { get; init; }

    /// <summary>The SHA-256 of <c>PaySg__PreviousManagementKey</c>, which is accepted as well while callers change over; null: there is none.</summary>
    public ReadOnlyMemory<byte>? PreviousManagementKeyDigest { get; init; }

    /// <summary><c>PaySg__Management__AllowedNetworks</c>: where the management API may be called from; empty: from anywhere.</summary>
    public IReadOnlyList<AllowedNetwork> ManagementNetworks { get; init; } = [];

    /// <summary><c>PaySg__RateLimit__RequestsPerMinute</c>: how many requests an API key may send, on each instance. Default 6000; 0: any number.</summary>
    public int RequestsPerMinute { get; init; } = 6000;

    /// <summary>
    /// <c>PaySg__ClientAddressHeader</c>: the header in which the platform tells a client's address; null: none is trusted. Default <c>CLIENT-IP</c>, which
    /// App Service sets.
    /// </summary>
    public string? ClientAddressHeader { get; init; } = "CLIENT-IP";

    internal static AccessSettings Read(SettingsReader settings, PaySgMode mode)
    {
        var secretKeys = new KeyPair(settings, "PaySg__Secrets__CurrentKey", "PaySg__Secrets__PreviousKey");
        var tokenKeys = new KeyPair(settings, "PaySg__Tokens__CurrentKey", "PaySg__Tokens__PreviousKey");
        var management = ReadManagementKey(settings, "PaySg__ManagementKey");
        var previousManagement = ReadManagementKey(settings, "PaySg__PreviousManagementKey");
        if (previousManagement is not null && management is null)
            settings.Refuse("PaySg__PreviousManagementKey: set, although PaySg__ManagementKey is not. Set the new key there, or remove this one: then there is no management API.");

        if (!settings.IsDevelopment)
        {
            KeyRules.Check(
                [
                    .. Management("PaySg__ManagementKey", management),
                    .. Management("PaySg__PreviousManagementKey", previousManagement),
                    .. secretKeys.Given,
                    .. tokenKeys.Given,
                ],
                settings);
            RefuseDemoOwners(settings);
        }

        return new AccessSettings
        {
            CurrentSecretKey = secretKeys.Current!,
            PreviousSecretKey = secretKeys.Previous,
            CurrentTokenKey = tokenKeys.Current!,
            PreviousTokenKey = tokenKeys.Previous,
            TokenLifetime = TimeSpan.FromSeconds(settings.Number("PaySg__Tokens__LifetimeSeconds", 60, 216_000, 3600, "seconds")),
            ApiKeyPrefix = mode == PaySgMode.Live ? "paysg_live_" : "paysg_stag_",
            DemoApiKey = DemoApiKeyOf(settings.IsDevelopment, settings.Text("PaySg__Demo__ApiKey")),
            ManagementKeyDigest = DigestOf(management),
            PreviousManagementKeyDigest = DigestOf(previousManagement),
            ManagementNetworks = settings.Networks("PaySg__Management__AllowedNetworks"),
            RequestsPerMinute = settings.Number("PaySg__RateLimit__RequestsPerMinute", 0, 6_000_000, 6000, "requests"),
            ClientAddressHeader = ReadClientAddressHeader(settings),
        };
    }

    /// <summary>The API key that pages may show: on a developer's machine the one that everybody knows, and never another.</summary>
    internal static string? DemoApiKeyOf(bool isDevelopment, string? key) => isDevelopment && key is not null && PublishedKeys.IsApiKey(key) ? key : null;

    private static ReadOnlyMemory<byte>? DigestOf(string? key) => key is null ? (ReadOnlyMemory<byte>?)null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static IEnumerable<GivenKey> Management(string name, string? key) => key is null || KeyVaultReference.IsUnresolved(key) ? [] : [GivenKey.OfManagement(name, key)];

    /// <summary>The keys of demo owners are published.</summary>
    private static void RefuseDemoOwners(SettingsReader settings)
    {
        if (settings.FirstUnder("PaySg__Demo") is { } given)
            settings.Refuse($"PaySg__Demo__{given}: demo owners are for LocalHost alone. Remove all PaySg__Demo__ settings.");
    }

    private static string? ReadManagementKey(SettingsReader settings, string name)
    {
        var text = settings.Text(name);
        if (KeyVaultReference.IsUnresolved(text))
        {
            settings.Refuse(KeyVaultReference.ProblemOf(name));
        }
        else if (text is not null && settings.IsDevelopment && (text.Length < MinManagementKeyLength || !text.All(character => character is > ' ' and <= '~')))
        {
            settings.Refuse($"{name}: not usable. On a developer's machine it must be {MinManagementKeyLength} or more visible ASCII characters, such as $(openssl rand -hex 32); leave it out to have no management API.");
        }

        return text;
    }

    private static string? ReadClientAddressHeader(SettingsReader settings)
    {
        var text = settings.Text("PaySg__ClientAddressHeader") ?? "CLIENT-IP";
        if (text.Length > 100 || !text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            settings.Refuse($"PaySg__ClientAddressHeader: '{text}' is not the name of a header, such as CLIENT-IP or X-Azure-ClientIP. If no header carries the client's address, set it to none.");

        return text == "none" ? null : text;
    }

    /// <summary>The key of a purpose that is used now, and the one before it.</summary>
    private sealed class KeyPair
    {
        public KeyPair(SettingsReader settings, string current, string previous)
        {
            Current = ReadKey(settings, current);
            Previous = settings.Text(previous) is null ? null : ReadKey(settings, previous);
            Given = [.. Named(current, Current), .. Named(previous, Previous)];

            // What is encrypted or signed names its key, so two keys of one name cannot be told apart.
            if (Current is not null && Current.Name == Previous?.Name)
                settings.Refuse($"{previous}: has the name of {current}, '{Current.Name}'. Give each new key a name of its own, such as k2.");
        }

        public SecretKey? Current { get; }

        public SecretKey? Previous { get; }

        public IReadOnlyList<GivenKey> Given { get; }

        private static IEnumerable<GivenKey> Named(string name, SecretKey? key) => key is null ? [] : [GivenKey.Of(name, key)];

        private static SecretKey? ReadKey(SettingsReader settings, string name)
        {
            var text = settings.Text(name);
            var key = SecretKey.Parse(text);
            if (key is null)
            {
                settings.Refuse(KeyVaultReference.IsUnresolved(text)
                    ? KeyVaultReference.ProblemOf(name)
                    : $"{name}: {(text is null ? "missing" : "not a key")}. It must be a name, a colon and 32 bytes in base64, such as k1:$(openssl rand -base64 32). Check that none of it was cut off.");
            }

            return key;
        }
    }
}
