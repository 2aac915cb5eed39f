using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The error in an answer of Queue Storage: <c>&lt;Error&gt;&lt;Code/&gt;&lt;Message/&gt;&lt;/Error&gt;</c>, whose code stands in a header, too.</summary>
internal sealed class QueueError : RequestFailedDetailsParser
{
    private QueueError()
    {
    }

    public static QueueError Parser { get; } = new();

    public override bool TryParse(Response response, out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        data = new Dictionary<string, string>(StringComparer.Ordinal);
        var body = BodyOf(response);
        var code = response.Headers.TryGetValue("x-ms-error-code", out var told) ? told : body?.Element("Code")?.Value;
        error = code is null ? null : new ResponseError(code, body?.Element("Message")?.Value);
        return error is not null;
    }

    private static XElement? BodyOf(Response response)
    {
        try
        {
            return response.ContentStream is MemoryStream { Length: > 0 } ? XElement.Parse(response.Content.ToString().TrimStart('\uFEFF')) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
