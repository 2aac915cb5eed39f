using System.Buffers;
using System.Collections.Concurrent;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>A buffer that the body of a request is written into, and a writer of JSON into it. They are kept for the next request: one of a payment is 10 KiB.</summary>
internal sealed class RequestBuffer
{
    /// <summary>What a buffer may have grown to and still be kept, in bytes.</summary>
    private const int Largest = 256 * 1024;

    private const int First = 16 * 1024;

    private static readonly int Most = 4 * Environment.ProcessorCount;
    private static readonly ConcurrentQueue<RequestBuffer> Idle = new();

    private RequestBuffer() => Json = new Utf8JsonWriter(Bytes);

    /// <summary>What is written.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new(First);

    /// <summary>Writes into <see cref="Bytes"/>. Reset between two values.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>An empty buffer. Whoever does not give it back leaves it to the collector.</summary>
    public static RequestBuffer Rent() => Idle.TryDequeue(out var idle) ? idle : new RequestBuffer();

    /// <summary>Gives the buffer back, cleared: payers' data must not stay in it. Nobody may read or write it any more.</summary>
    public void Return()
    {
        if (Bytes.Capacity > Largest || Idle.Count >= Most)
            return;

        Bytes.Clear();
        Json.Reset();
        Idle.Enqueue(this);
    }
}
