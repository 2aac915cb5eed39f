namespace PaySg.Functions.Webhooks;

/// <summary>Where webhooks may go, and how many.</summary>
internal sealed record WebhookSettings
{
    /// <summary><c>PaySg__Webhooks__AllowedNetworks</c>: ranges that webhooks may reach although they are not public, plain HTTP included.</summary>
    public IReadOnlyList<AllowedNetwork> AllowedNetworks { get; init; } = [];

    /// <summary><c>PaySg__Webhooks__PostsPerMinute</c>: how many attempts may go to one host in any minute, from each instance. Default 1200.</summary>
    public int PostsPerMinute { get; init; } = 1200;

    internal static WebhookSettings Read(SettingsReader settings, PaySgMode mode)
    {
        var networks = settings.Networks("PaySg__Webhooks__AllowedNetworks");
        if (mode == PaySgMode.Live && networks.Count > 0)
            settings.Refuse("PaySg__Webhooks__AllowedNetworks: webhooks of real payments leave by HTTPS alone and to public addresses. Remove the setting in live mode.");

        return new WebhookSettings
        {
            AllowedNetworks = networks,
            PostsPerMinute = settings.Number("PaySg__Webhooks__PostsPerMinute", 20, 600_000, 1200, "attempts"),
        };
    }
}
