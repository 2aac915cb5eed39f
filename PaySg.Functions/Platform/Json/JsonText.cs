using System.Buffers;

namespace PaySg.Functions.Platform.Json;

/// <summary>How the product writes JSON: compact, and byte for byte as JavaScript would print it.</summary>
internal static class JsonText
{
    /// <summary>What a buffer may have grown to and still be kept, in bytes.</summary>
    private const int Kept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JsonStringifyEncoder.Instance };

    [ThreadStatic]
    private static Scratch? idle;

    /// <summary>UTF-8 bytes of what the writer is told. It may be told to write another text meanwhile.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write) => Write(write, static (json, write) => write(json));

    /// <summary>The same, where what is written is handed on rather than captured.</summary>
    public static byte[] Write<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        var scratch = idle ?? new Scratch();
        idle = null;
        try
        {
            write(scratch.Writer, what);
            scratch.Writer.Flush();
            return scratch.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            if (scratch.Buffer.Capacity <= Kept)
            {
                scratch.Buffer.Clear();
                scratch.Writer.Reset();
                idle = scratch;
            }
        }
    }

    /// <summary>A writer and its buffer: each thread keeps one for the next text. Cleared, so that no payer's data stays in it.</summary>
    private sealed class Scratch
    {
        public Scratch() => Writer = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(2048);

        public Utf8JsonWriter Writer { get; }
    }
}
