using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PaySg.Functions.Configuration;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Singapay;

/// <summary>
/// Signs and checks access tokens: JSON Web Tokens (RFC 7519) under HS256, whose subject is a client id. They are checked without storage; whether the client
/// is still let in is another question. The header <c>kid</c> names the key, so that keys can be rotated.
/// </summary>
public sealed class AccessTokens
{
    /// <summary>How far the clocks of two instances may be apart.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeSpan lifetime;
    private readonly SigningCredentials signing;
    private readonly TokenValidationParameters validation;
    private readonly IdGenerator ids;
    private readonly TimeProvider clock;

    /// <summary>Takes the keys from the settings.</summary>
    public AccessTokens(PaySgSettings settings, IdGenerator ids, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.ids = ids;
        this.clock = clock;
        lifetime = settings.TokenLifetime;
        signing = new SigningCredentials(KeyOf(settings.CurrentTokenKey), SecurityAlgorithms.HmacSha256);
        validation = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = settings.PreviousTokenKey is { } previous ? [signing.Key, KeyOf(previous)] : [signing.Key],
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),

            // The key is for this alone, so its signature says all of issuer and audience. The issuer's address may change in a token's life.
            ValidateIssuer = false,
            ValidateAudience = false,
        };
    }

    /// <summary>A token that is good from now on for <see cref="PaySgSettings.TokenLifetime"/>.</summary>
    /// <param name="clientId">Whom it lets in.</param>
    /// <param name="issuer">The URL that issues it, for people who look into a token.</param>
    public string Issue(string clientId, string issuer)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
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

    private static SymmetricSecurityKey KeyOf(SecretKey key) => new(key.Bytes) { KeyId = key.Name };

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Leeway && (notBefore is not { } start || start <= now + Leeway);
    }
}
