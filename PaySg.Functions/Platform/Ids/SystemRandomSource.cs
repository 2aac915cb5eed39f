using System.Security.Cryptography;

namespace PaySg.Functions.Platform.Ids;

/// <summary>The operating system's cryptographic random source.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc />
    public void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);
}
