namespace PaySg.Functions.Webhooks.Endpoints;

/// <summary>Why an endpoint is disabled, as the API says it.</summary>
internal static class DisabledReason
{
    /// <summary>Its owner asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>It answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>Nothing was delivered to it for days.</summary>
    public const string Failing = "failing";

    /// <summary>It is an account's, and the account names no URL.</summary>
    public const string NoUrl = "no_url";
}
