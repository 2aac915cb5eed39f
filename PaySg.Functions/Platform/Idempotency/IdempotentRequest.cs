using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace PaySg.Functions.Platform.Idempotency;

/// <summary>A request that carries an <c>Idempotency-Key</c> (guide, page "Idempotency").</summary>
/// <param name="Hash">SHA-256 of caller, method, path and key: where its record lives.</param>
/// <param name="Fingerprint">See <see cref="RequestParameters.Fingerprint"/>: tells a repetition from a misuse.</param>
internal sealed record IdempotentRequest(string Hash, string Fingerprint)
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    private RequestParameters? parameters;

    /// <summary>What a release before versions has stored as the fingerprint of the same request. Not stored any more.</summary>
    [JsonIgnore]
    public string? OldFingerprint
    {
        get => field ?? parameters?.OldFingerprint;
        init;
    }

    /// <summary>Two requests are one where key and parameters are the same.</summary>
    public bool Equals(IdempotentRequest? other) => (Hash, Fingerprint) == (other?.Hash, other?.Fingerprint);

    public override int GetHashCode() => HashCode.Combine(Hash, Fingerprint);

    /// <summary>Whether a record of this request's key is of the same request.</summary>
    /// <param name="fingerprint">The record's.</param>
    public bool IsRepetitionOf(string fingerprint) => fingerprint == Fingerprint || fingerprint == OldFingerprint;

    /// <summary>Reads the header; null where there is none.</summary>
    /// <param name="callerId">Who calls: two callers' keys never meet.</param>
    /// <exception cref="ApiException">400 where the key is not usable.</exception>
    public static IdempotentRequest? From(HttpRequest request, string callerId, RequestParameters parameters) => From(request, callerId, () => parameters);

    /// <summary>The same, with parameters that are made where there is a key.</summary>
    /// <exception cref="ApiException">400 where the key is not usable.</exception>
    public static IdempotentRequest? From(HttpRequest request, string callerId, Func<RequestParameters> parameters)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
            return null;

        var key = values.ToString();
        // A host on the way may join repeated headers with a comma: such a value is not the key that was meant.
        if (key.Length is 0 or > MaxLength || values is not [_] || key.Contains(',', StringComparison.Ordinal))
            throw ApiErrors.InvalidParameter(Header, $"must be 1 to {MaxLength} characters long, without commas, and sent once; a UUID is best.");

        // Routes ignore case and a slash at the end: the same call written otherwise is the same call.
        return Of(callerId, request.Method, request.Path.Value!.TrimEnd('/').ToUpperInvariant(), key, parameters());
    }

    /// <summary>A request whose key does not come in the header.</summary>
    /// <param name="callerId">Who calls: two callers' keys never meet.</param>
    /// <param name="path">What is called.</param>
    /// <param name="key">The key.</param>
    public static IdempotentRequest Of(string callerId, string method, string path, string key, RequestParameters parameters)
    {
        var place = $"{callerId}\n{method}\n{path}\n{key}";
        return new IdempotentRequest(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place))), parameters.Fingerprint) { parameters = parameters };
    }
}
