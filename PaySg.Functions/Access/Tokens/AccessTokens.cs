using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PaySg.Functions.Access.Tokens;

/// <summary>
/// Signs and checks access tokens: JSON Web Tokens (RFC 7519) under HS256, whose subject is a client id. They are checked without storage; whether the client
/// is still let in is another question. The header <c>kid</c> names the key, so that keys can be rotated.
/// </summary>
internal sealed class AccessTokens
{
    /// <summary>How far the clocks of two instances may be apart.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeSpan lifetime;
    private readonly SigningCredentials signing;
    private readonly TokenValidationParameters validation;
    private readonly TokenValidationParameters validationAtAnyTime;
    private readonly string baseUrl;
    private readonly string home;
    private readonly IdGenerator ids;
    private readonly TimeProvider clock;

    /// <summary>Takes the keys from the settings.</summary>
    public AccessTokens(AccessSettings access, PaySgSettings settings, IdGenerator ids, TimeProvider clock)
    {
        this.ids = ids;
        this.clock = clock;
        baseUrl = settings.PublicBaseUrl;
        home = HomeOf(baseUrl);
        lifetime = access.TokenLifetime;
        signing = new SigningCredentials(KeyOf(access.CurrentTokenKey), SecurityAlgorithms.HmacSha256);
        validation = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = access.PreviousTokenKey is { } previous ? [signing.Key, KeyOf(previous)] : [signing.Key],
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
            IssuerValidator = (issuer, _, _) => IsOurs(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException("The token is of another issuer."),
            AudienceValidator = (audiences, _, _) => IsForUs(audiences),
        };
        validationAtAnyTime = validation.Clone();
        validationAtAnyTime.LifetimeValidator = static (_, _, _, _) => true;
    }

    /// <summary>A token that is good from now on for <see cref="AccessSettings.TokenLifetime"/>.</summary>
    /// <param name="clientId">Whom it lets in.</param>
    /// <param name="issuer">The URL that issues it: one of this installation.</param>
    public string Issue(string clientId, string issuer)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = baseUrl,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [JwtRegisteredClaimNames.Jti] = ids.NewTokenId(),
                [JwtRegisteredClaimNames.Sub] = clientId,
            },
            SigningCredentials = signing,
        });
    }

    /// <summary>The client id of a token that is ours and in its time; else null.</summary>
    public async Task<string?> ReadAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, validation);
        return result.IsValid ? result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value : null;
    }

    /// <summary>The client id of a token that is ours, but is over or not yet valid; null: it is not, or not for that reason alone.</summary>
    public async Task<string?> ReadAtAnyTimeAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, validationAtAnyTime);
        return result.IsValid ? result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value : null;
    }

    /// <summary>Both versions of the API issue tokens, each under its own path.</summary>
    private bool IsOurs(string? issuer) => issuer is not null && (HomeOf(issuer) + "/").StartsWith(home + "/", StringComparison.OrdinalIgnoreCase);

    // The release before wrote no audience. Its tokens are taken for the rest of their lifetime: clients keep a token for as long as it was promised to last.
    private bool IsForUs(IEnumerable<string>? audiences) => audiences?.ToList() is not { Count: > 0 } named || named.Any(name => HomeOf(name) == home);

    /// <summary>The URL; on a laptop without its port, because the processes of one store listen on several.</summary>
    private static string HomeOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true } ? "http://localhost" + uri.AbsolutePath.TrimEnd('/') : url;

    private static SymmetricSecurityKey KeyOf(SecretKey key) => new(key.Bytes) { KeyId = key.Name };

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Leeway && (notBefore is not { } start || start <= now + Leeway);
    }
}
