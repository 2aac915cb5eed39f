namespace PaySg.Functions.Configuration;

/// <summary>The keys of local.settings.json. Everybody knows them, so they are refused wherever the app is deployed.</summary>
public static class PublishedKeys
{
    /// <summary>The name of the key that secrets are encrypted with, and of the key that access tokens are signed with.</summary>
    public const string SecretKeyName = "local1";

    /// <summary>The management key.</summary>
    public const string ManagementKey = "paysg_management_demo";

    /// <summary>The client id of the demo account's credential, whose secret everybody knows.</summary>
    public const string ClientId = "demo-client";

    private static readonly string[] ApiKeys = ["paysg_stag_demo", "paysg_stag_demo_view"];

    /// <summary>Whether the text is one of the published API keys.</summary>
    public static bool IsApiKey(string secret) => ApiKeys.Contains(secret);
}
