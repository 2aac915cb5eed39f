using PaySg.Functions.Emails;
using PaySg.Functions.Webhooks.Egress;

namespace PaySg.Functions.Configuration;

/// <summary>The app's settings, read once and checked as a whole by <see cref="PaySgSettingsReader"/>.</summary>
public sealed record PaySgSettings
{
    /// <summary><c>PaySg__Mode</c>: <c>test</c> or <c>live</c>.</summary>
    public required PaySgMode Mode { get; init; }

    /// <summary><c>PaySg__PublicBaseUrl</c>: what payers' and integrators' links begin with, without a slash at the end.</summary>
    public required string PublicBaseUrl { get; init; }

    /// <summary>
    /// <c>PaySg__MaxAmountInCents</c>: the largest payment, in cents. Default 20,000,000 (S$200,000), the cap of PaySG's newest guide page.
    /// </summary>
    public long MaxAmountInCents { get; init; } = 20_000_000;

    /// <summary><c>PaySg__TablePrefix</c>: what table names begin with. Default <c>paysg</c>.</summary>
    public string TablePrefix { get; init; } = "paysg";

    /// <summary><c>PaySg__Secrets__CurrentKey</c>: the key that new secrets are encrypted with.</summary>
    public required SecretKey CurrentSecretKey { get; init; }

    /// <summary><c>PaySg__Secrets__PreviousKey</c>: the key that older secrets may still be encrypted with.</summary>
    public SecretKey? PreviousSecretKey { get; init; }

    /// <summary><c>PaySg__Tokens__CurrentKey</c>: the key that access tokens of the Singapay API are signed with.</summary>
    public required SecretKey CurrentTokenKey { get; init; }

    /// <summary><c>PaySg__Tokens__PreviousKey</c>: the key that older access tokens may still be signed with.</summary>
    public SecretKey? PreviousTokenKey { get; init; }

    /// <summary><c>PaySg__Tokens__LifetimeSeconds</c>: how long an access token of the Singapay API is good for. Default an hour, as Singapay's.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>PaySg__Webhooks__AllowedNetworks</c>: ranges that webhooks may reach although they are not public, plain HTTP included.</summary>
    public IReadOnlyList<AllowedNetwork> AllowedWebhookNetworks { get; init; } = [];

    /// <summary>Whether this is a developer's machine (<c>AZURE_FUNCTIONS_ENVIRONMENT</c> is Development): only there the published keys are good.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>The published API key that LocalHost made, for the API browser to fill in; null: anywhere but on a developer's machine, and where the developer has another.</summary>
    public string? DemoApiKey { get; init; }

    /// <summary>
    /// The SHA-256 of <c>PaySg__ManagementKey</c>, which opens the management API; null: there is no such API. The key itself is not kept,
    /// so it cannot be printed.
    /// </summary>
    public ReadOnlyMemory<byte>? ManagementKeyDigest { get; init; }

    /// <summary>The SHA-256 of <c>PaySg__PreviousManagementKey</c>, which is good beside the current one while callers change over; null: there is none.</summary>
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

    /// <summary><c>PaySg__Webhooks__PostsPerMinute</c>: how many attempts may go to one host in any minute, from each instance. Default 1200.</summary>
    public int PostsPerMinute { get; init; } = 1200;

    /// <summary><c>PaySg__RateLimit__MailsPerRecipientAndDay</c>: how many mails one address may get from one payment service on a day of Singapore. Default 50; 0: any number.</summary>
    public int MailsPerRecipientAndDay { get; init; } = 50;

    /// <summary><c>PaySg__Retention__Days</c>: how long events and ended deliveries are kept, at least 30 days. Default 90.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary><c>PaySg__Email__…</c>: the relay that takes mails to payers; null: no mails are sent.</summary>
    public EmailSettings? Email { get; init; }

    /// <summary>What an API key of this mode begins with.</summary>
    public string ApiKeyPrefix => Mode == PaySgMode.Live ? "paysg_live_" : "paysg_stag_";
}
