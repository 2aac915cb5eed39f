using System.Buffers;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// Signs requests to queues with an account's key, as Azure's own policy does (REST API of Azure Storage, "Authorize with Shared Key", version 2015-02-21 and later),
/// which makes some thirty texts of each request.
/// </summary>
/// <param name="account">The account's name.</param>
/// <param name="key">Its key. Not logged: of the headers that a pipeline logs, <c>Authorization</c> is none.</param>
internal sealed class SharedKeyPolicy(string account, byte[] key) : HttpPipelineSynchronousPolicy
{
    private const string OfStorage = "x-ms-";

    private readonly RequestSignature signature = new("SharedKey", account, key);

    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Headers.SetValue(RequestDate.Header, RequestDate.Now());
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, Sign(message.Request));
    }

    private string Sign(Request request)
    {
        var buffer = RequestBuffer.Rent();
        WriteSigned(buffer.Bytes, request);
        var authorization = signature.Of(buffer.Bytes.WrittenSpan);
        buffer.Return();
        return authorization;
    }

    private void WriteSigned(ArrayBufferWriter<byte> signed, Request request)
    {
        Line(signed, request.Method.Method);
        Line(signed, ValueOf(request, "Content-Encoding"));
        Line(signed, ValueOf(request, "Content-Language"));
        Line(signed, request.Content?.TryComputeLength(out var length) == true && length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "");
        Line(signed, ValueOf(request, "Content-MD5"));
        Line(signed, ValueOf(request, "Content-Type"));
        Line(signed, ""); // The date: Date stands among the headers of storage.
        Line(signed, ValueOf(request, "If-Modified-Since"));
        Line(signed, ValueOf(request, "If-Match"));
        Line(signed, ValueOf(request, "If-None-Match"));
        Line(signed, ValueOf(request, "If-Unmodified-Since"));
        Line(signed, ValueOf(request, "Range"));
        foreach (var header in request.Headers.Where(static header => header.Name.StartsWith(OfStorage, StringComparison.OrdinalIgnoreCase)).OrderBy(static header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            Text(signed, header.Name.ToLowerInvariant());
            Text(signed, ":");
            Line(signed, header.Value);
        }

        Text(signed, "/");
        Text(signed, signature.Account);
        Text(signed, request.Uri.ToUri().AbsolutePath);
        foreach (var (name, value) in ParametersOf(request.Uri.Query))
        {
            Text(signed, "\n");
            Text(signed, name);
            Text(signed, ":");
            Text(signed, value);
        }
    }

    /// <summary>The parameters of the address as they are signed: by name, in lower case, decoded.</summary>
    private static IEnumerable<(string Name, string Value)> ParametersOf(string query) => query.Length <= 1
        ? []
        : query.TrimStart('?').Split('&')
            .Select(static parameter => parameter.Split('=', 2))
            .Select(static parts => (Uri.UnescapeDataString(parts[0]).ToLowerInvariant(), Uri.UnescapeDataString(parts[^1])))
            .OrderBy(static parameter => parameter.Item1, StringComparer.Ordinal);

    private static string ValueOf(Request request, string header) => request.Headers.TryGetValue(header, out var value) ? value : "";

    private static void Line(ArrayBufferWriter<byte> signed, string text)
    {
        Text(signed, text);
        Text(signed, "\n");
    }

    private static void Text(ArrayBufferWriter<byte> signed, string text) => Encoding.UTF8.GetBytes(text, signed);
}
