using System.Security.Cryptography;

namespace PaySg.Functions.Access.Tokens;

/// <summary>
/// What a client proves its secret with in a token request of version 1.1: the hexadecimal HMAC-SHA512, keyed by the secret, of
/// <c>client_id_client_secret_YYYYMMDD</c>, where the date is that of Jakarta.
/// </summary>
internal static class TokenRequestSignature
{
    /// <summary>How close to midnight the date of the other side of it is taken too, for clocks that are apart and requests that are long on their way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether the signature is right at this moment.</summary>
    public static bool Matches(string clientId, string secret, string signature, DateTimeOffset now)
    {
        var given = new byte[HMACSHA512.HashSizeInBytes];
        if (signature.Length != 2 * given.Length || Convert.FromHexString(signature, given, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;

        var dates = new[] { now - Tolerance, now, now + Tolerance }.Select(JakartaTime.Date).Distinct();
        return dates.Aggregate(false, (matches, date) => CryptographicOperations.FixedTimeEquals(given, Of(clientId, secret, date)) || matches);
    }

    /// <summary>The signature of a date, such as <c>20251021</c>.</summary>
    public static byte[] Of(string clientId, string secret, string date) =>
        HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{clientId}_{secret}_{date}"));
}
