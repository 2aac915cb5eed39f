namespace PaySg.Functions.Operations.Contract;

/// <summary>A file as it is sent in one coding.</summary>
/// <param name="Coding">What <c>Content-Encoding</c> says; empty: the file itself.</param>
/// <param name="Bytes">What is sent.</param>
/// <param name="ETag">Names these bytes: a strong validator differs between codings (RFC 9110, section 8.8.1).</param>
internal sealed record EncodedBytes(string Coding, ReadOnlyMemory<byte> Bytes, string ETag);
