using System.IO.Compression;
using System.Net;
using System.Text.Json;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_the_contract_is_asked_for(SharedApp shared) : IClassFixture<SharedApp>, IDisposable
{
    private const string Path = "/external/api/openapi.json";

    // Takes nothing apart by itself: what is compressed stays so.
    private readonly HttpClient http = new(new ContractHandler()) { BaseAddress = shared.App.BaseAddress };

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Should_answer_the_document_with_this_installation_as_its_server()
    {
        using var response = await GetAsync();
        var document = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(shared.App.BaseAddress.ToString().TrimEnd('/'), document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.True(JsonElement.DeepEquals(OpenApiFile.Root.GetProperty("paths"), document.GetProperty("paths")));
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("GZIP;q=0.5", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData(";;", null)]
    public async Task Should_compress_it_as_the_client_takes_it(string accepted, string? coding)
    {
        using var plain = await GetAsync();
        using var response = await GetAsync(("Accept-Encoding", accepted));
        var sent = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(coding is null ? [] : [coding], response.Content.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", Assert.Single(response.Headers.Vary));
        Assert.Equal(coding is null, response.Headers.ETag!.Equals(plain.Headers.ETag));
        Assert.False(response.Headers.ETag.IsWeak);
        var expected = await plain.Content.ReadAsByteArrayAsync();
        Assert.Equal(expected, await DecompressAsync(coding, sent));
        Assert.True(coding is null || sent.Length < expected.Length / 4, $"{sent.Length} of {expected.Length} bytes are not compressed.");
    }

    [Fact]
    public async Task Should_not_send_what_the_client_has()
    {
        using var first = await GetAsync(("Accept-Encoding", "br"));
        var etag = first.Headers.ETag!.ToString();

        foreach (var named in (string[])[etag, $"W/{etag}", $"\"other\", {etag}", "*"])
        {
            using var response = await GetAsync(("Accept-Encoding", "br"), ("If-None-Match", named));
            Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
            Assert.Equal(etag, response.Headers.ETag!.ToString());
            Assert.Equal("Accept-Encoding", Assert.Single(response.Headers.Vary));
            Assert.True(response.Headers.CacheControl!.NoCache);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        using var inAnotherCoding = await GetAsync(("Accept-Encoding", "gzip"), ("If-None-Match", etag));
        Assert.Equal(HttpStatusCode.OK, inAnotherCoding.StatusCode);
        using var malformed = await GetAsync(("Accept-Encoding", "br"), ("If-None-Match", "no etag"));
        Assert.Equal(HttpStatusCode.OK, malformed.StatusCode);
    }

    [Fact]
    public async Task Should_touch_no_storage()
    {
        shared.App.HttpTraffic.Forget();

        using var response = await GetAsync();

        Assert.Empty(shared.App.HttpTraffic.Requests);
    }

    [Fact]
    public async Task Should_name_the_method_where_another_is_used() =>
        Assert.Equal("GET,HEAD", (await shared.RefusedAsync(client => client.PostAsync(Path, "{}"), 405, "method_not_allowed")).Headers["Allow"]);

    [Fact]
    public async Task Should_show_a_page_that_talks_to_this_installation_alone()
    {
        var page = (await shared.Client.GetAsync("/external/api", apiKey: null)).Expect(HttpStatusCode.OK);

        Assert.Equal(("text/html; charset=utf-8", "no-cache"), (page.Headers["Content-Type"], page.Headers["Cache-Control"]));
        Assert.Contains("""<a href="/external/api/openapi.json">""", page.Body, StringComparison.Ordinal);
        var policy = page.Headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_answer_the_files_of_the_page_and_no_others()
    {
        using var script = await GetAsync("/external/api/assets/start.js", ("Accept-Encoding", "br"));
        Assert.Equal(("text/javascript; charset=utf-8", "br"), (script.Content.Headers.ContentType!.ToString(), Assert.Single(script.Content.Headers.ContentEncoding)));
        using var known = await GetAsync("/external/api/assets/start.js", ("Accept-Encoding", "br"), ("If-None-Match", script.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

        await shared.RefusedAsync(client => client.GetAsync("/external/api/assets/openapi.json"), 404, "not_found");
    }

    private Task<HttpResponseMessage> GetAsync(params (string Name, string Value)[] headers) => GetAsync(Path, headers);

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await http.SendAsync(request);
    }

    private static async Task<byte[]> DecompressAsync(string? coding, byte[] sent)
    {
        Stream compressed = new MemoryStream(sent);
        await using var stream = coding switch
        {
            "br" => new BrotliStream(compressed, CompressionMode.Decompress),
            "gzip" => new GZipStream(compressed, CompressionMode.Decompress),
            _ => compressed,
        };
        var plain = new MemoryStream();
        await stream.CopyToAsync(plain);
        return plain.ToArray();
    }
}
