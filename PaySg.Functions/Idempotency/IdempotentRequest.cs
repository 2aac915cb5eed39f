using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Errors;

namespace PaySg.Functions.Idempotency;

/// <summary>A request that carries an <c>Idempotency-Key</c> (guide, page "Idempotency").</summary>
/// <param name="Hash">SHA-256 of caller, method, path and key: where its record lives.</param>
/// <param name="Fingerprint">SHA-256 of the parameters: tells a repetition from a misuse.</param>
public sealed record IdempotentRequest(string Hash, string Fingerprint)
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>Reads the header; null where there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="callerId">Who calls: two callers' keys never meet.</param>
    /// <param name="parameters">The parameters in one canonical form.</param>
    /// <exception cref="ApiException">400 where the key is not usable.</exception>
    public static IdempotentRequest? From(HttpRequest request, string callerId, ReadOnlySpan<byte> parameters)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        var key = values.ToString();
        // A host on the way may join repeated headers with a comma: such a value is not the key that was meant.
        if (key.Length is 0 or > MaxLength || values.Count != 1 || key.Contains(',', StringComparison.Ordinal))
        {
            throw ApiErrors.InvalidParameter(Header, $"must be one text of 1 to {MaxLength} characters without commas; a UUID is best.");
        }

        // Routes ignore case and a slash at the end: the same call written otherwise is the same call.
        return Of(callerId, request.Method, request.Path.Value!.TrimEnd('/').ToUpperInvariant(), key, parameters);
    }

    /// <summary>A request whose key does not come in the header.</summary>
    /// <param name="callerId">Who calls: two callers' keys never meet.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">What is called.</param>
    /// <param name="key">The key.</param>
    /// <param name="parameters">The parameters in one canonical form.</param>
    public static IdempotentRequest Of(string callerId, string method, string path, string key, ReadOnlySpan<byte> parameters)
    {
        var place = $"{callerId}\n{method}\n{path}\n{key}";
        return new IdempotentRequest(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place))),
            Convert.ToHexStringLower(SHA256.HashData(parameters)));
    }
}
