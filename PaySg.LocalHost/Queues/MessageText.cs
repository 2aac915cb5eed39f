using System.Text;
using System.Text.Json;

namespace PaySg.LocalHost.Queues;

/// <summary>What is in a message: the text as it lies in the queue, and what a function gets of it.</summary>
internal static class MessageText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The content of a message, null if it is not the Base64 that host.json asks for.</summary>
    public static byte[]? Decode(string text, bool base64)
    {
        if (!base64)
            return StrictUtf8.GetBytes(text);
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The content as a function's parameter.</summary>
    /// <exception cref="JsonException">The content is not JSON of that type.</exception>
    public static object? As(Type parameter, byte[] content)
    {
        if (parameter == typeof(byte[]))
            return content;
        if (parameter == typeof(string))
            return StrictUtf8.GetString(content);

        // The worker rebuilds it from text: bytes that are not UTF-8 are damaged on the way.
        return parameter == typeof(BinaryData)
            ? BinaryData.FromString(Encoding.UTF8.GetString(content))
            : JsonSerializer.Deserialize(content, parameter, Json);
    }
}
