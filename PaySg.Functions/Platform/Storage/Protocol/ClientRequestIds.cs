using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// The ids by which storage's logs name our requests (<c>x-ms-client-request-id</c>): UUIDs of version 8, which are 60 random bits of this process and a count. Azure's
/// pipeline would ask the operating system for a random one each time, which takes a tenth of the processor time of a read.
/// </summary>
internal static class ClientRequestIds
{
    private static readonly ulong Process = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static ulong count;

    /// <summary>The next id.</summary>
    public static string Next()
    {
        const ulong Version = 0x8000, Variant = 0x8000_0000_0000_0000;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (Process & ~0xf000UL) | Version);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Interlocked.Increment(ref count) | Variant);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
