using System.Runtime.InteropServices;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// The address of a request in a builder that was used before: each thread keeps one. A new one grows its text twice for each request, by more than the row that
/// a payment is read from takes up. Disposed of after the request, for which it must not be read any more.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ReusedUri : IDisposable
{
    [ThreadStatic]
    private static RequestUriBuilder? idle;

    private ReusedUri(RequestUriBuilder builder) => Builder = builder;

    public RequestUriBuilder Builder { get; }

    public static ReusedUri Of(Uri address)
    {
        var builder = idle ?? new RequestUriBuilder();
        idle = null;

        // Emptied first: what is put before a text that stands there makes it grow again.
        builder.Query = "";
        builder.Path = "";
        builder.Reset(address);
        return new ReusedUri(builder);
    }

    public void Dispose() => idle = Builder;
}
