using System.Buffers.Binary;
using System.Text;
using PaySg.Functions.Platform.Markup;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class PictureHeaderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(96, 48)]
    [InlineData(2000, 3)]
    public void A_PNG_says_how_large_it_is(int width, int height) =>
        Assert.Equal(new PictureHeader(PictureKind.Png, width, height), PictureHeader.Read(PictureServer.Png(width, height)));

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0xC1)]
    [InlineData(0xC2)]
    [InlineData(0xCF)]
    public void A_JPEG_says_how_large_it_is_where_its_frame_begins(byte marker) =>
        Assert.Equal(new PictureHeader(PictureKind.Jpeg, 640, 200), PictureHeader.Read(Jpeg(marker, 640, 200)));

    [Fact]
    public void A_JPEG_may_have_fill_bytes_before_a_marker()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xFF, 0xFF, .. Jpeg(0xC0, 3, 4)[3..]];

        Assert.Equal(new PictureHeader(PictureKind.Jpeg, 3, 4), PictureHeader.Read(picture));
    }

    [Theory]
    [InlineData("VP8 ")]
    [InlineData("VP8L")]
    [InlineData("VP8X")]
    public void A_WebP_of_each_kind_says_how_large_it_is(string chunk) =>
        Assert.Equal(new PictureHeader(PictureKind.WebP, 640, 200), PictureHeader.Read(WebP(chunk, 640, 200)));

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a\x01\x00\x01\x00")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE html><title>Not found</title>")]
    [InlineData("BM000000000000000000000000000")]
    [InlineData("RIFF\x04\x00\x00\x00WAVE")]
    [InlineData("RIFF\x04\x00\x00\x00WEBP")]
    public void Anything_else_is_no_picture(string content) => Assert.Null(PictureHeader.Read(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void A_picture_that_is_not_whole_is_none_however_much_is_missing()
    {
        foreach (var picture in new[] { PictureServer.Png(20, 10), Jpeg(0xC0, 20, 10), WebP("VP8 ", 20, 10), WebP("VP8L", 20, 10), WebP("VP8X", 20, 10) })
        {
            Assert.NotNull(PictureHeader.Read(picture));
            for (var length = 0; length < picture.Length; length++)
                Assert.Null(PictureHeader.Read(picture.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_picture_without_a_size_is_none()
    {
        foreach (var (width, height) in new[] { (0, 1), (1, 0) })
        {
            var png = PictureServer.Png(1, 1);
            BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
            BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
            Assert.Null(PictureHeader.Read(png));
            Assert.Null(PictureHeader.Read(Jpeg(0xC0, width, height)));
            Assert.Null(PictureHeader.Read(WebP("VP8 ", width, height)));
        }
    }

    [Fact]
    public void Whatever_is_behind_a_right_beginning_is_read_without_a_fault()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var picture = (i % 5) switch { 0 => PictureServer.Png(2, 2), 1 => Jpeg(0xC0, 2, 2), 2 => WebP("VP8 ", 2, 2), 3 => WebP("VP8L", 2, 2), _ => WebP("VP8X", 2, 2) };
            for (var j = 0; j < 3; j++)
                picture[random.Next(picture.Length)] = (byte)random.Next(256);
            if (PictureHeader.Read(picture) is { } header)
                Assert.True(header.Width > 0 && header.Height > 0);
        }
    }

    private static byte[] Jpeg(byte marker, int width, int height)
    {
        byte[] app = [0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        byte[] tables = [0xFF, 0xC4, 0, 4, 0, 0];
        byte[] frame = [0xFF, marker, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0];
        return [0xFF, 0xD8, .. app, .. tables, .. frame, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9];
    }

    private static byte[] WebP(string chunk, int width, int height)
    {
        var data = new byte[10];
        switch (chunk)
        {
            case "VP8 ":
                byte[] start = [0x10, 0, 0, 0x9D, 0x01, 0x2A];
                start.CopyTo(data, 0);
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(6), (ushort)(width | 0x4000));
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(8), (ushort)height);
                break;
            case "VP8L":
                data[0] = 0x2F;
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(1), (uint)((width - 1) | ((height - 1) << 14)));
                break;
            default:
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), (uint)(width - 1) | ((uint)((height - 1) & 0xFF) << 24));
                BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(8), (ushort)((height - 1) >> 8));
                break;
        }

        byte[] body = [.. "WEBP"u8, .. Encoding.ASCII.GetBytes(chunk), 10, 0, 0, 0, .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. "RIFF"u8, .. length, .. body];
    }
}
