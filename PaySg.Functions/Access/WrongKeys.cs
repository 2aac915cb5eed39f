namespace PaySg.Functions.Access;

/// <summary>
/// Notes each key that lets nobody in: a line of its own, which an alert counts. A call without a key is no attempt and is not noted.
/// </summary>
internal sealed class WrongKeys(CallerAddress addresses, ILogger<WrongKeys> log)
{
    public const string ApiKey = "api_key";

    public const string ManagementKey = "management_key";

    /// <summary>An access token of the Singapay API.</summary>
    public const string AccessToken = "access_token";

    /// <summary>A client id with a secret or a signature.</summary>
    public const string Credential = "credential";

    /// <summary>The header <c>X-PARTNER-ID</c>.</summary>
    public const string PartnerId = "partner_id";

    /// <summary>Notes a key.</summary>
    /// <param name="request">The call that it came with; null: not known.</param>
    /// <param name="kind">Which kind of key.</param>
    /// <param name="reason">Why it lets nobody in: unknown, revoked, published, and so on.</param>
    /// <param name="key">The key's id where it is known, else what <see cref="MaskedKey"/> leaves of it.</param>
    public void Note(HttpRequest? request, string kind, string reason, string key) =>
        Log.WrongKey(log, kind, reason, key, request is null ? "unknown" : addresses.TextOf(request));
}
