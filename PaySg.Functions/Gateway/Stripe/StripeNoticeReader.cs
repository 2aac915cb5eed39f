using Stripe;

namespace PaySg.Functions.Gateway.Stripe;

/// <summary>
/// Reads a notice and checks who sent it. Stripe's library fails in other ways than it says for what is not quite a notice (a null reference, a format), so its
/// check of the signature is fenced in, and the body is read here.
/// </summary>
internal static class StripeNoticeReader
{
    /// <summary>How old, or how far ahead, a signature may be, in seconds.</summary>
    private const long Tolerance = 300;

    /// <summary>The longest id that is taken, in characters. Stripe's have 66 at most, and three of this length fit into the key of a row: 1 KiB, in UTF-16.</summary>
    private const int MaxIdLength = 128;

    /// <summary>Whether one of the secrets has signed the body just now.</summary>
    /// <param name="header">The header <c>Stripe-Signature</c>.</param>
    public static bool IsSigned(string body, string header, IReadOnlyList<string> secrets, DateTimeOffset now) => secrets.Any(secret =>
    {
        try
        {
            EventUtility.ValidateSignature(body, header, secret, Tolerance, now.ToUnixTimeSeconds());
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    });

    /// <summary>The event of a signed body.</summary>
    /// <exception cref="ApiException">400: it is no event, or a thin one.</exception>
    public static StripeEvent Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body.Span);
            if (root.ValueKind != JsonValueKind.Object || TextOf(root, "object") != "event")
                throw ApiErrors.InvalidBody("This is no snapshot event of Stripe's: its object must be 'event'. Thin events are not taken.");

            return new StripeEvent(
                IdOf(root, "id") ?? throw ApiErrors.InvalidBody("The event has no id."),
                TextOf(root, "type") is { Length: > 0 } type ? type : throw ApiErrors.InvalidBody("The event has no type."),
                ModeOf(root),
                root.TryGetProperty("created", out var created) && created.TryGetSafeInt64(out var seconds) ? seconds : null,
                AccountOf(root),
                root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("object", out var about) && about.ValueKind == JsonValueKind.Object
                    ? IdOf(about, "id")
                    : null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw ApiErrors.InvalidBody("The body is not valid JSON.");
        }
    }

    private static bool ModeOf(JsonElement root) => root.TryGetProperty("livemode", out var mode) && mode.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? mode.GetBoolean()
        : throw ApiErrors.InvalidBody("The event does not say whether it is of live mode.");

    /// <summary>What is no account must not pass for our own.</summary>
    private static string? AccountOf(JsonElement root) => root.TryGetProperty("account", out var account) && account.ValueKind != JsonValueKind.Null
        ? IdOf(root, "account") ?? throw ApiErrors.InvalidBody("The event's account is not the id of one.")
        : null;

    private static bool TryGetSafeInt64(this JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number) && number is > 0 and < 10_000_000_000;
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static string? IdOf(JsonElement value, string name) =>
        TextOf(value, name) is { Length: > 0 and <= MaxIdLength } text && text.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_') ? text : null;
}
