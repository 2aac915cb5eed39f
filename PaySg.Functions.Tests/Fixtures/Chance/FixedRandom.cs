using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A random source that always gives the same byte: 0 for the lowest draw, 255 for the highest.</summary>
public sealed class FixedRandom(byte value) : IRandomSource
{
    public static readonly FixedRandom Lowest = new(0);
    public static readonly FixedRandom Middle = new(128);
    public static readonly FixedRandom Highest = new(255);

    public void Fill(Span<byte> buffer) => buffer.Fill(value);
}
