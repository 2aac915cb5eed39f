using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>An agency's web server on a loopback port, from which logos are fetched.</summary>
public sealed class PictureServer : IAsyncDisposable
{
    private WebApplication web = null!;
    private int fetches;

    /// <summary>What it answers. Default: a small PNG.</summary>
    public RequestDelegate Responds { get; set; } = static context => SendAsync(context, Png(96, 48));

    /// <summary>How often it was asked.</summary>
    public int Fetches => fetches;

    public string Url => new Uri(LoopbackServer.AddressOf(web), "logo.png").AbsoluteUri;

    public static async Task<PictureServer> StartAsync()
    {
        var server = new PictureServer();
        server.web = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref server.fetches);
            return server.Responds(context);
        });
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    /// <summary>Answers with these bytes from now on.</summary>
    public void Send(byte[] content) => Responds = context => SendAsync(context, content);

    /// <summary>A PNG of one colour that every browser can show.</summary>
    /// <param name="shade">0 to 255: pictures of different shades differ.</param>
    public static byte[] Png(int width, int height, byte shade = 0x4B) => Png(width, height, (_, _) => (0x1B, shade, 0x91));

    /// <summary>A logo that looks like one: waves under a sun.</summary>
    public static byte[] Logo() => Png(192, 96, static (x, y) =>
    {
        var depth = y - (8 * Math.Sin(x / 12.0));
        return ((x - 140) * (x - 140)) + ((y - 34) * (y - 34)) < 400 ? Color(0xE88A1A) : depth > 56 && (int)depth % 16 < 9 ? Color(0x1B4B91) : Color(0xFFFFFF);

        static (byte R, byte G, byte B) Color(int rgb) => ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
    });

    private static byte[] Png(int width, int height, Func<int, int, (byte R, byte G, byte B)> colorAt)
    {
        using var raw = new MemoryStream();
        using (var compressed = new ZLibStream(raw, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                compressed.WriteByte(0);
                for (var x = 0; x < width; x++)
                {
                    var (red, green, blue) = colorAt(x, y);
                    compressed.Write([red, green, blue]);
                }
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        SmallPng.Write(png, "IHDR", header);
        SmallPng.Write(png, "IDAT", raw.ToArray());
        SmallPng.Write(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>A PNG that is as large as this, by a comment in it.</summary>
    public static byte[] PngOf(int bytes)
    {
        var png = Png(8, 8);
        using var larger = new MemoryStream();
        larger.Write(png.AsSpan(0, png.Length - 12));
        SmallPng.Write(larger, "tEXt", Encoding.ASCII.GetBytes("Comment\0" + new string('x', bytes - png.Length - 12 - 8)));
        larger.Write(png.AsSpan(png.Length - 12));
        return larger.ToArray();
    }

    private static async Task SendAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(content);
    }
}
