using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The error in an answer of Table Storage: <c>{"odata.error":{"code","message":{"value"}}}</c>.</summary>
internal sealed class OdataError : RequestFailedDetailsParser
{
    private OdataError()
    {
    }

    public static OdataError Parser { get; } = new();

    /// <summary>The error's code and text; null where the text is none.</summary>
    public static (string? Code, string? Message)? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var error = JsonElement.Parse(json).GetProperty("odata.error");
            return (error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    public override bool TryParse(Response response, out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        data = new Dictionary<string, string>(StringComparer.Ordinal);
        error = response.ContentStream is MemoryStream && Read(response.Content.ToMemory().Span) is { } read ? new ResponseError(read.Code, read.Message) : null;
        return error is not null;
    }
}
