using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_body_is_packed(SharedApp shared) : IClassFixture<SharedApp>
{
    private static readonly byte[] Payment = Encoding.UTF8.GetBytes(A.Payment().With("payer_name", "Siti Café").ToString());

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("gzip, br")]
    [InlineData("deflate,gzip , br")]
    public async Task Should_be_unpacked(string codings)
    {
        foreach (var chunked in (bool[])[false, true])
        {
            var answer = (await SendAsync(Pack(Payment, codings), codings.Replace("raw ", "", StringComparison.Ordinal), chunked: chunked)).Expect(HttpStatusCode.Created);
            Assert.Equal("Siti Café", answer["payer_name"]);
        }
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("gzip, zstd")]
    [InlineData("gzip, gzip, gzip, gzip")]
    [InlineData("rot13")]
    public async Task Should_be_refused_by_name_where_the_coding_is_not_taken(string codings)
    {
        var answer = (await SendAsync(Payment, codings)).Expect(HttpStatusCode.UnsupportedMediaType);

        Assert.Equal(("unsupported_media_type", "gzip, deflate, br"), (answer.ErrorCode, answer.Headers["Accept-Encoding"]));
        Assert.Contains(codings.Split(", ")[^1], answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    public async Task Should_be_refused_where_it_is_not_what_it_says_or_not_whole(string codings)
    {
        foreach (var body in new[] { Payment, Pack(Payment, codings)[..^1], Pack(Payment, codings)[..^5], [1], [.. Pack(Payment, codings), 0, 1, 2, 3, 4] })
            Assert.Equal("invalid_body", (await SendAsync(body, codings)).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    /// <summary>A stream of zlib may ask for a dictionary that both sides know (RFC 1950, section 2.2): there is none.</summary>
    [Fact]
    public async Task Should_be_refused_where_it_asks_for_a_dictionary()
    {
        byte[] body = [0x78, 0x20, 0x56, 0x2D, 0x4A, 0xD3, 0xB4];

        Assert.Equal("invalid_body", (await SendAsync(body, "deflate")).Expect(HttpStatusCode.BadRequest).ErrorCode);
    }

    /// <summary>The limit is that of what is unpacked: some bytes of nothing but blanks could be as large as memory.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("br, gzip")]
    public async Task Should_be_refused_where_it_would_be_larger_than_a_body_may_be(string codings)
    {
        var header = codings.Replace("raw ", "", StringComparison.Ordinal);
        (await SendAsync(Pack([.. Payment, .. Blanks((64 * 1024) - Payment.Length)], codings), header)).Expect(HttpStatusCode.Created);

        foreach (var size in (int[])[(64 * 1024) + 1, 100_000_000])
        {
            var packed = Pack([.. Payment, .. Blanks(size - Payment.Length)], codings);
            Assert.Equal("body_too_large", (await SendAsync(packed, header)).Expect(HttpStatusCode.RequestEntityTooLarge).ErrorCode);
        }
    }

    [Theory]
    [InlineData("application/json; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json;charset=\"windows-1252\"", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.Created)]
    [InlineData("application/json; charset=UTF-8", HttpStatusCode.Created)]
    [InlineData("application/json;charset=\"utf-8\"", HttpStatusCode.Created)]
    [InlineData("application/json; charset=utf8", HttpStatusCode.Created)]
    [InlineData("application/json; odata=verbose", HttpStatusCode.Created)]
    public async Task Should_be_in_UTF_8(string contentType, HttpStatusCode expected)
    {
        var answer = (await SendAsync(Payment, null, contentType)).Expect(expected);

        if (expected == HttpStatusCode.UnsupportedMediaType)
            Assert.Contains(contentType.Split('=')[1].Trim('"'), answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_taken_with_the_mark_of_UTF_8_packed_or_not()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Payment];

        (await SendAsync(marked, null)).Expect(HttpStatusCode.Created);
        (await SendAsync(Pack(marked, "gzip"), "gzip")).Expect(HttpStatusCode.Created);
        (await SendAsync([0xEF, 0xBB, 0xBF, .. marked], null)).Expect(HttpStatusCode.BadRequest);
        (await SendAsync([0xEF, 0xBB, 0xBF], null)).Expect(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_be_the_same_on_pages_and_in_the_Singapay_API()
    {
        var id = await shared.Client.CreatedPaymentAsync();
        var form = await new FormUrlEncodedContent(PageClient.Card()).ReadAsByteArrayAsync();
        const string formType = "application/x-www-form-urlencoded";
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(form, "zstd", formType, $"/payments/{id}")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(form, null, formType + "; charset=iso-8859-1", $"/payments/{id}")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(Pack([0xEF, 0xBB, 0xBF, .. form], "br"), "br", formType, $"/payments/{id}")).Status);
        Assert.Equal("paid", (await shared.Client.GetPaymentAsync(id))["payment_status"]);

        var token = Encoding.ASCII.GetBytes("grant_type=client_credentials");
        foreach (var (body, coding, status) in new[] { (Pack(token, "gzip"), "gzip", HttpStatusCode.OK), (token, "zstd", HttpStatusCode.UnsupportedMediaType) })
        {
            var answer = await SendAsync(body, coding, formType, SingapayClient.TokenV10Path);
            Assert.Equal(status, answer.Status);
        }
    }

    private static byte[] Blanks(int count) => [.. Enumerable.Repeat((byte)' ', count)];

    private static byte[] Pack(byte[] bytes, string codings) => codings.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries).Aggregate(bytes, static (packed, coding) =>
    {
        if (coding == "identity")
            return packed;
        using var target = new MemoryStream();
        using (Stream stream = coding switch
        {
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "raw deflate" => new DeflateStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(packed);
        }

        return target.ToArray();
    });

    private async Task<Answer> SendAsync(byte[] body, string? coding, string contentType = "application/json", string? path = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shared.App.BaseAddress, path ?? ApiClient.PaymentsPath)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (coding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        request.Headers.Add("x-api-key", ApiClient.ApiKey);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.TryAddWithoutValidation("X-PARTNER-ID", SingapayClient.PartnerId);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{SingapayClient.ClientId}:{SingapayClient.ClientSecret}")));
        using var following = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(following);
        return await Answer.ReadAsync(await http.SendAsync(request));
    }
}
