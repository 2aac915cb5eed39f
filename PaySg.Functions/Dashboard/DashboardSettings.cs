namespace PaySg.Functions.Dashboard;

/// <summary>Whether there is a dashboard, and whose people may sign in.</summary>
internal sealed record DashboardSettings
{
    /// <summary><c>PaySg__Dashboard__Enabled</c>: whether there is to be a dashboard. Default: no.</summary>
    public bool IsEnabled { get; init; }

    /// <summary><c>PaySg__Dashboard__TenantId</c>: the directory whose people may sign in; a GUID in small letters. Null: nobody may.</summary>
    public string? TenantId { get; init; }

    /// <summary>
    /// <c>WEBSITE_AUTH_ENABLED</c>, which App Service sets: whether the platform signs people in. Where it does not, it does not take away the header that says
    /// who somebody is, and anybody could send it.
    /// </summary>
    public bool IsSignedInByPlatform { get; init; }

    /// <summary>Whether there is a dashboard.</summary>
    public bool IsOpen => IsEnabled && IsSignedInByPlatform && TenantId is not null;

    internal static DashboardSettings Read(SettingsReader settings)
    {
        var isEnabled = ReadEnabled(settings);
        var text = settings.Text("PaySg__Dashboard__TenantId");
        var isTenant = Guid.TryParseExact(text, "D", out var tenant);
        if (!isTenant && (isEnabled || text is not null))
            settings.Refuse($"PaySg__Dashboard__TenantId: '{text}' is not the id of a directory, such as 00000000-0000-4000-8000-000000000000. Set it to the tenant id of the agency's Microsoft Entra ID.");

        return new DashboardSettings
        {
            IsEnabled = isEnabled,
            TenantId = isTenant ? tenant.ToString("D") : null,
            IsSignedInByPlatform = "true".Equals(settings.Text("WEBSITE_AUTH_ENABLED"), StringComparison.OrdinalIgnoreCase),
        };
    }

    private static bool ReadEnabled(SettingsReader settings)
    {
        switch (settings.Text("PaySg__Dashboard__Enabled"))
        {
            case "true":
                return true;
            case null or "false":
                return false;
            case var text:
                settings.Refuse($"PaySg__Dashboard__Enabled: '{text}' is neither true nor false.");
                return false;
        }
    }
}
