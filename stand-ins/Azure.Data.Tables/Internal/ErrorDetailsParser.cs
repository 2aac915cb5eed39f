using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Internal;

/// <summary>Reads the service's error code and message, and which action of a transaction failed.</summary>
internal sealed class ErrorDetailsParser : RequestFailedDetailsParser
{
    /// <summary>Where <see cref="Exception.Data"/> has the position of the action that failed.</summary>
    public const string FailedActionKey = "FailedEntity";

    public static ErrorDetailsParser Instance { get; } = new();

    public override bool TryParse(
        Response response,
        [NotNullWhen(true)] out ResponseError? error,
        [NotNullWhen(true)] out IDictionary<string, string>? data)
    {
        error = null;
        data = null;
        if (response.ContentStream is null || response.Content.ToMemory().IsEmpty)
            return false;

        try
        {
            using var document = JsonDocument.Parse(response.Content);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("odata.error", out var details))
            {
                return false;
            }

            var message = details.GetProperty("message").GetProperty("value").GetString() ?? "";
            error = new ResponseError(details.GetProperty("code").GetString(), message);
            data = new Dictionary<string, string>(StringComparer.Ordinal);
            // In a transaction the message starts with the position of the action that failed: "3:The specified…".
            var colon = message.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                data[FailedActionKey] = message[..colon];
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Proxies and gateways answer in formats of their own: the status alone must do then.
            error = null;
            data = null;
            return false;
        }
    }
}
