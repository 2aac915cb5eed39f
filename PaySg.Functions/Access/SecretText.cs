using System.Security.Cryptography;

namespace PaySg.Functions.Access;

internal static class SecretText
{
    /// <summary>Whether both are one and the same text. Digests are of one length, so neither the secret nor its length shows in the time that this takes.</summary>
    public static bool AreEqual(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
