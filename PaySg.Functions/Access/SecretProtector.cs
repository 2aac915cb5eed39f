using System.Security.Cryptography;
using System.Text;
using PaySg.Functions.Configuration;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Access;

/// <summary>
/// Keeps secrets that must be computed with (webhook signing secrets): AES-256-GCM, with the row's key bound as associated
/// data so that a ciphertext is worth nothing in another row, and the key's name in front so that keys can be rotated.
/// </summary>
public sealed class SecretProtector(PaySgSettings settings, IRandomSource random)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts the secret for one row.</summary>
    public string Protect(string secret, string rowKey)
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
            Encoding.UTF8.GetBytes(rowKey));
        return $"{key.Name}:{Convert.ToBase64String(sealedBytes)}";
    }

    /// <summary>Decrypts what <see cref="Protect"/> gave for the same row.</summary>
    /// <exception cref="CryptographicException">Another row's, changed, or under a key that the settings no longer hold.</exception>
    public string Unprotect(string ciphertext, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        var colon = ciphertext.IndexOf(':', StringComparison.Ordinal);
        var name = ciphertext[..Math.Max(colon, 0)];
        var key = new[] { settings.CurrentSecretKey, settings.PreviousSecretKey }.FirstOrDefault(candidate => candidate?.Name == name)
            ?? throw new CryptographicException($"No key named '{name}' in PaySg__Secrets__CurrentKey or PaySg__Secrets__PreviousKey.");
        var sealedBytes = new byte[ciphertext.Length];
        if (!Convert.TryFromBase64String(ciphertext[(colon + 1)..], sealedBytes, out var length) || length < NonceLength + TagLength)
        {
            throw new CryptographicException("The ciphertext is not whole.");
        }

        sealedBytes = sealedBytes[..length];
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceLength),
            sealedBytes.AsSpan(NonceLength + TagLength),
            sealedBytes.AsSpan(NonceLength, TagLength),
            plain,
            Encoding.UTF8.GetBytes(rowKey));
        return Encoding.UTF8.GetString(plain);
    }
}
