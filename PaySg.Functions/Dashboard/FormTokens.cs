using System.Buffers.Text;
using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;

namespace PaySg.Functions.Dashboard;

/// <summary>
/// Tokens of forms: a form is only taken from whom it was shown to. Another site cannot read one, and one that it has of its own is not this person's. Nothing is
/// stored: a token is the hour and a code made of hour and person.
/// </summary>
internal sealed class FormTokens(AccessSettings settings, TimeProvider clock)
{
    /// <summary>How many hours a form may lie.</summary>
    public const int ValidHours = 12;

    private readonly byte[] current = Derive(settings.CurrentSecretKey);
    private readonly byte[]? previous = settings.PreviousSecretKey is { } key ? Derive(key) : null;

    /// <summary>A token for a form that is shown to the person now.</summary>
    public string For(Person person)
    {
        var hour = Hour();
        return $"{hour.ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(CodeOf(current, hour, person))}";
    }

    /// <summary>Whether the token is one that was given to the person not long ago.</summary>
    public bool IsValid(string token, Person person)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !long.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || !Base64Url.IsValid(token.AsSpan(dot + 1)))
            return false;

        var given = Base64Url.DecodeFromChars(token.AsSpan(dot + 1));
        var isOurs = CryptographicOperations.FixedTimeEquals(given, CodeOf(current, hour, person))
            || (previous is not null && CryptographicOperations.FixedTimeEquals(given, CodeOf(previous, hour, person)));
        return isOurs && Hour() - hour is >= 0 and <= ValidHours;
    }

    private long Hour() => clock.GetUtcNow().ToUnixTimeSeconds() / 3600;

    private static byte[] CodeOf(byte[] key, long hour, Person person) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{hour}\n{person.Key}")));

    private static byte[] Derive(SecretKey key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, HMACSHA256.HashSizeInBytes, info: "paysg dashboard forms"u8.ToArray());
}
