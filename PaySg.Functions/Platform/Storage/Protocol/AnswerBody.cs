using System.Buffers;
using System.Runtime.InteropServices;
using Azure;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The bytes of an answer that the pipeline has read whole: those of its stream, or a copy in a rented array where the stream does not show them.</summary>
/// <remarks>Disposing gives the array back, cleared: payers' data must not stay in it. Nothing may keep the bytes.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AnswerBody : IDisposable
{
    private readonly ArraySegment<byte> bytes;
    private readonly bool isRented;

    private AnswerBody(ArraySegment<byte> bytes, bool isRented)
    {
        this.bytes = bytes;
        this.isRented = isRented;
    }

    /// <summary>The bytes; empty where the answer has none.</summary>
    public ReadOnlySpan<byte> Span => bytes;

    public static AnswerBody Of(Response response)
    {
        if (response.ContentStream is not MemoryStream stream)
            return new AnswerBody(ArraySegment<byte>.Empty, isRented: false);

        if (stream.TryGetBuffer(out var shown))
            return new AnswerBody(shown, isRented: false);

        var rented = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent((int)stream.Length), 0, (int)stream.Length);
        stream.Position = 0;
        stream.ReadExactly(rented);
        stream.Position = 0;
        return new AnswerBody(rented, isRented: true);
    }

    public void Dispose()
    {
        if (!isRented)
            return;

        bytes.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(bytes.Array!);
    }
}
