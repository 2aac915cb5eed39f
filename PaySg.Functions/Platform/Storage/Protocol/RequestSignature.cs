using System.Security.Cryptography;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// Signs with an account's key (REST API of Azure Storage, "Authorize with Shared Key"). A hash that has taken up the key is kept for the next request: taking it up
/// takes longer than hashing.
/// </summary>
/// <param name="scheme">Such as <c>SharedKey</c>.</param>
/// <param name="account">The account's name.</param>
/// <param name="key">Its key. Not logged: of the headers that a pipeline logs, <c>Authorization</c> is none.</param>
internal sealed class RequestSignature(string scheme, string account, byte[] key)
{
    private const int Base64Length = (HMACSHA256.HashSizeInBytes + 2) / 3 * 4;

    private readonly string beginning = $"{scheme} {account}:";
    private IncrementalHash? idle;

    /// <summary>The account's name.</summary>
    public string Account { get; } = account;

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="signed">What is signed, in UTF-8.</param>
    public string Of(ReadOnlySpan<byte> signed)
    {
        var hash = Interlocked.Exchange(ref idle, value: null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.AppendData(signed);
        hash.GetHashAndReset(signature);
        if (Interlocked.CompareExchange(ref idle, hash, comparand: null) is not null)
            hash.Dispose();

        Span<char> base64 = stackalloc char[Base64Length];
        Convert.TryToBase64Chars(signature, base64, out _);
        return string.Concat(beginning, base64);
    }
}
