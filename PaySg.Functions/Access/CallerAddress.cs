using System.Net;

namespace PaySg.Functions.Access;

/// <summary>
/// Where a call comes from: what <see cref="ClientAddress"/> reads from the header of <c>PaySg__ClientAddressHeader</c>, and without it the other end of the
/// connection, which in Azure is the Functions host itself. A header is worth what stands in front of the app: a caller that reaches the app past it writes
/// what it likes.
/// </summary>
internal sealed class CallerAddress(AccessSettings settings)
{
    /// <summary>The address; null: nobody tells.</summary>
    public IPAddress? Of(HttpRequest request)
    {
        return ClientAddress.Find(request, settings.ClientAddressHeader)
            ?? (request.HttpContext.Connection.RemoteIpAddress is { } end ? ClientAddress.Plain(end) : null);
    }

    /// <summary>The address in words, for logs and as the name of a bucket.</summary>
    public string TextOf(HttpRequest request) => Of(request)?.ToString() ?? "unknown";
}
