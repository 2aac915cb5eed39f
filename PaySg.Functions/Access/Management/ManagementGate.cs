using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Configuration;
using PaySg.Functions.Errors;

namespace PaySg.Functions.Access.Management;

/// <summary>Lets callers of the management API in by the key of the setting <c>PaySg__ManagementKey</c>, and by the one before it where that is set too. Without a key there is no such API.</summary>
public sealed class ManagementGate(PaySgSettings settings)
{
    /// <summary>Who calls, as records of idempotency keys name it.</summary>
    public const string CallerId = "management";

    private const string Header = "x-management-key";
    private static readonly PathString Root = "/management";

    /// <summary>Lets the caller in.</summary>
    /// <exception cref="ApiException">401, or 404 where there is no management API.</exception>
    public void Authorize(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (settings.ManagementKeyDigest is not { } expected)
        {
            throw ApiErrors.UnknownPath();
        }

        // Digests are of one length, so neither the key nor its length shows in the time that this takes.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()));
        var isCurrent = CryptographicOperations.FixedTimeEquals(given, expected.Span);
        var isPrevious = settings.PreviousManagementKeyDigest is { } previous && CryptographicOperations.FixedTimeEquals(given, previous.Span);
        if (!isCurrent && !isPrevious)
        {
            throw ApiErrors.InvalidManagementKey();
        }
    }

    /// <summary>Where there is no management API its paths take no method at all.</summary>
    /// <exception cref="ApiException">404.</exception>
    public void ThrowIfClosed(PathString path)
    {
        if (settings.ManagementKeyDigest is null && path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrors.UnknownPath();
        }
    }
}
