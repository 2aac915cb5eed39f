#!/usr/bin/env bash
# .NET 10 (SDK 10.0): GZipStream, ZLibStream, DeflateStream and BrotliStream read a body that broke off as if it ended there. No exception, also where the checksum and
# the length that stand at the end are missing: the reader gets the beginning and is told that it is all.
#
# Seen (a text of 400 bytes, its last 8 packed bytes missing):
#   gzip: 400 bytes, no error
#   zlib: 400 bytes or a few less, no error
#   deflate: fewer bytes, no error
#   br: fewer bytes, no error
#
# It matters here because a request may be packed (Content-Encoding). A form that was cut would be a shorter form, so PaySg.Functions/Platform/Http/RequestCoding.cs compares length and checksum itself and
# asks BrotliDecoder, which does tell. Exits 1 when one of the four says that its input broke off.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Directory.Build.props <<'XML'
<Project />
XML
cat > truncated.cs <<'CS'
using System.IO.Compression;
using System.Text;

var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(i => $"{i % 37:D4}")));
var tells = false;
foreach (var (name, pack, unpack) in new (string, Func<Stream, Stream>, Func<Stream, Stream>)[]
{
    ("gzip", s => new GZipStream(s, CompressionLevel.Optimal, true), s => new GZipStream(s, CompressionMode.Decompress)),
    ("zlib", s => new ZLibStream(s, CompressionLevel.Optimal, true), s => new ZLibStream(s, CompressionMode.Decompress)),
    ("deflate", s => new DeflateStream(s, CompressionLevel.Optimal, true), s => new DeflateStream(s, CompressionMode.Decompress)),
    ("br", s => new BrotliStream(s, CompressionLevel.Optimal, true), s => new BrotliStream(s, CompressionMode.Decompress)),
})
{
    var packed = new MemoryStream();
    using (var stream = pack(packed)) stream.Write(text);
    try
    {
        var unpacked = new MemoryStream();
        using var stream = unpack(new MemoryStream(packed.ToArray()[..^8]));
        stream.CopyTo(unpacked);
        Console.WriteLine($"{name}: {unpacked.Length} of {text.Length} bytes, no error");
    }
    catch (Exception fault)
    {
        tells = true;
        Console.WriteLine($"{name}: {fault.GetType().Name}");
    }
}

return tells ? 1 : 0;
CS
dotnet --version
dotnet run truncated.cs
