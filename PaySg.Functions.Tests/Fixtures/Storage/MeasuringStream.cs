namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Counts what is written, and looks at the heap now and then.</summary>
internal sealed class MeasuringStream : Stream
{
    private const int Interval = 2 * 1024 * 1024;
    private long length;

    public List<long> Heaps { get; } = [];

    public int Lines { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var before = length / Interval;
        length += buffer.Length;
        Lines += buffer.Count((byte)'\n');
        if (length / Interval != before)
            Heaps.Add(GC.GetTotalMemory(forceFullCollection: true));
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
