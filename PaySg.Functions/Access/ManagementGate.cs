using System.Security.Cryptography;

namespace PaySg.Functions.Access;

/// <summary>
/// Lets callers of the management API in by the key of the setting <c>PaySg__ManagementKey</c>, and by the one before it where that is set too. Without a key,
/// and for callers outside the networks of <c>PaySg__Management__AllowedNetworks</c>, there is no such API.
/// </summary>
/// <remarks>
/// Wrong keys are counted by address, in the memory of the instance. The right key is taken whatever the count says: the address may be one that many share or
/// a caller has made up, and nobody may lock the operator out. A key of 256 bits is not found by guessing at any rate.
/// </remarks>
internal sealed class ManagementGate(AccessSettings settings, CallerAddress addresses, WrongKeys wrongKeys, TimeProvider clock, ILogger<ManagementGate> log)
{
    /// <summary>Who calls, as records of idempotency keys name it.</summary>
    public const string CallerId = "management";

    /// <summary>How many wrong keys an address may send at once.</summary>
    public const int WrongAtOnce = 30;

    /// <summary>How many more it may send in each minute after that.</summary>
    public const int WrongPerMinute = 10;

    private const string Header = "x-management-key";
    private static readonly PathString Root = "/management";
    private readonly TokenBuckets wrong = new(WrongAtOnce, WrongPerMinute, clock);

    /// <exception cref="ApiException">401, 404 where there is no management API, or 429.</exception>
    public void Authorize(HttpRequest request)
    {
        if (settings.ManagementKeyDigest is not { } expected || !IsFromAllowedNetwork(request))
            throw ApiErrors.UnknownPath();

        // Digests are of one length, so neither the key nor its length shows in the time that this takes.
        var key = request.Headers[Header].ToString();
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var isCurrent = CryptographicOperations.FixedTimeEquals(given, expected.Span);
        var isPrevious = settings.PreviousManagementKeyDigest is { } previous && CryptographicOperations.FixedTimeEquals(given, previous.Span);
        if (!isCurrent && !isPrevious)
            throw Refuse(request, key);
    }

    /// <summary>Where there is no management API its paths take no method at all.</summary>
    /// <exception cref="ApiException">404.</exception>
    public void ThrowIfClosed(HttpRequest request)
    {
        if (request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase) && (settings.ManagementKeyDigest is null || !IsFromAllowedNetwork(request)))
            throw ApiErrors.UnknownPath();
    }

    private ApiException Refuse(HttpRequest request, string key)
    {
        if (key.Length == 0)
            return ApiErrors.InvalidManagementKey();

        wrongKeys.Note(request, WrongKeys.ManagementKey, "unknown", MaskedKey.Of(key));
        return wrong.Take(addresses.TextOf(request)) is { } wait
            ? ApiErrors.TooManyWrongKeys((int)Math.Ceiling(wait.TotalSeconds))
            : ApiErrors.InvalidManagementKey();
    }

    private bool IsFromAllowedNetwork(HttpRequest request)
    {
        if (settings.ManagementNetworks is [])
            return true;

        var address = addresses.Of(request);
        var isAllowed = address is not null && settings.ManagementNetworks.Any(network => network.Contains(address));
        if (!isAllowed)
            Log.ManagementClosed(log, addresses.TextOf(request));

        return isAllowed;
    }
}
