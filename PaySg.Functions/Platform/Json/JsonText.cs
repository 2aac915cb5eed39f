using System.Buffers;

namespace PaySg.Functions.Platform.Json;

/// <summary>How the product writes JSON: compact, and byte for byte as JavaScript would print it.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JsonStringifyEncoder.Instance };

    /// <summary>UTF-8 bytes of what the writer is told.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
