using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// A request's body in a buffer, which is given back when the request is disposed of, unless somebody may still be reading it: a try that timed out can go on
/// sending behind the answer of the next one, and must not send what another request has written meanwhile. Such a buffer is left to the collector.
/// </summary>
/// <param name="buffer">The body. It belongs to this object from now on.</param>
internal sealed class BufferContent(RequestBuffer buffer) : RequestContent
{
    private const int GivenBack = -1;

    // How many tries are sending it, or have ended otherwise than whole.
    private int readers;

    public override bool TryComputeLength(out long length)
    {
        length = buffer.Bytes.WrittenCount;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellation)
    {
        BeginReading();
        stream.Write(buffer.Bytes.WrittenSpan);
        Interlocked.Decrement(ref readers);
    }

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellation)
    {
        BeginReading();
        await stream.WriteAsync(buffer.Bytes.WrittenMemory, cancellation);
        Interlocked.Decrement(ref readers);
    }

    public override void Dispose()
    {
        if (Interlocked.CompareExchange(ref readers, GivenBack, 0) == 0)
            buffer.Return();
    }

    private void BeginReading()
    {
        for (var seen = Volatile.Read(ref readers); ; seen = Volatile.Read(ref readers))
        {
            ObjectDisposedException.ThrowIf(seen == GivenBack, this);
            if (Interlocked.CompareExchange(ref readers, seen + 1, seen) == seen)
                return;
        }
    }
}
