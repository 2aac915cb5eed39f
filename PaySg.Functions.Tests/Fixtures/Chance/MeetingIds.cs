using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Randomness in which draws of two bytes, the random part of a payment link's id, are all the same: ids of one millisecond meet.</summary>
public sealed class MeetingIds : IRandomSource
{
    private readonly SystemRandomSource others = new();

    public void Fill(Span<byte> buffer)
    {
        if (buffer.Length == 2)
            buffer.Fill(7);
        else
            others.Fill(buffer);
    }
}
