using System.Security.Cryptography;

namespace PaySg.Functions.Access;

/// <summary>
/// Keeps secrets that must be computed with (webhook signing secrets, client secrets): AES-256-GCM, with table, owner, row and purpose bound as associated
/// data, so that a ciphertext is worth nothing in another place, and the key's name in front so that keys can be rotated.
/// </summary>
/// <remarks>
/// A ciphertext is <c>key:2:base64</c> of nonce, tag and text. One of the first form, <c>key:base64</c>, has the row alone bound to it; it is read, and written
/// anew by the housekeeping.
/// </remarks>
internal sealed class SecretProtector(AccessSettings settings, IRandomSource random)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string Form = "2:";

    /// <summary>Encrypts the secret for one place.</summary>
    public string Protect(string secret, SecretPlace place)
    {
        var key = settings.CurrentSecretKey;
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        random.Fill(sealedBytes.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(
            sealedBytes.AsSpan(0, NonceLength),
            plain,
            sealedBytes.AsSpan(NonceLength + TagLength),
            sealedBytes.AsSpan(NonceLength, TagLength),
            place.Bound());
        return $"{key.Name}:{Form}{Convert.ToBase64String(sealedBytes)}";
    }

    /// <summary>Decrypts what <see cref="Protect"/> gave for the same place.</summary>
    /// <exception cref="CryptographicException">Of another place, changed, or under a key that the settings no longer hold.</exception>
    public string Unprotect(string ciphertext, SecretPlace place)
    {
        var name = KeyNameOf(ciphertext);
        var key = KeyOf(name)
            ?? throw new CryptographicException($"No key named '{name}' in PaySg__Secrets__CurrentKey or PaySg__Secrets__PreviousKey.");
        var rest = ciphertext.AsSpan(Math.Min(name.Length + 1, ciphertext.Length));
        var isFirstForm = !rest.StartsWith(Form, StringComparison.Ordinal);
        var sealedBytes = new byte[ciphertext.Length];
        if (!Convert.TryFromBase64Chars(isFirstForm ? rest : rest[Form.Length..], sealedBytes, out var length) || length < NonceLength + TagLength)
            throw new CryptographicException("The ciphertext is not whole.");

        sealedBytes = sealedBytes[..length];
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceLength),
            sealedBytes.AsSpan(NonceLength + TagLength),
            sealedBytes.AsSpan(NonceLength, TagLength),
            plain,
            isFirstForm ? place.BoundAtFirst() : place.Bound());
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>The name of the key that a ciphertext is under.</summary>
    public static string KeyNameOf(string ciphertext) => ciphertext[..Math.Max(ciphertext.IndexOf(':', StringComparison.Ordinal), 0)];

    /// <summary>Whether the settings hold the key of this name.</summary>
    public bool Knows(string keyName) => KeyOf(keyName) is not null;

    /// <summary>Whether the ciphertext is as one that is written now: under the current key, bound to its whole place.</summary>
    public bool IsCurrent(string ciphertext) => ciphertext.StartsWith($"{settings.CurrentSecretKey.Name}:{Form}", StringComparison.Ordinal);

    private SecretKey? KeyOf(string name) => new[] { settings.CurrentSecretKey, settings.PreviousSecretKey }.FirstOrDefault(candidate => candidate?.Name == name);
}
