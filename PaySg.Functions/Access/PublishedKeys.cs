namespace PaySg.Functions.Access;

/// <summary>The keys of local.settings.json. Everybody knows them, so they are refused wherever the app is deployed, under whatever name and for whatever purpose.</summary>
internal static class PublishedKeys
{
    public const string ManagementKey = "paysg_management_demo";

    /// <summary>The client id of the demo account's credential, whose secret everybody knows.</summary>
    public const string ClientId = "demo-client";

    /// <summary>The key that secrets are encrypted with, and the key that access tokens are signed with.</summary>
    private static readonly string[] Keys = ["local-development-key-not-secret", "local-access-token-key-no-secret"];

    private static readonly string[] ApiKeys = ["paysg_stag_demo", "paysg_stag_demo_view"];

    private static readonly byte[][] All = [.. Keys.Concat(ApiKeys).Concat([ManagementKey, "demo-client-secret"]).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether the text is one of the published API keys.</summary>
    public static bool IsApiKey(string secret) => ApiKeys.Contains(secret);

    /// <summary>Whether the key is one of the published ones.</summary>
    internal static bool Contains(GivenKey key) => All.Any(known => key.Forms.Any(form => form.AsSpan().SequenceEqual(known)));
}
