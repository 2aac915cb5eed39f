using System.Security.Cryptography;

namespace PaySg.Functions.Platform.Ids;

/// <summary>The operating system's cryptographic random source.</summary>
internal sealed class SystemRandomSource : IRandomSource
{
    public void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);
}
