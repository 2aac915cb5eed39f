using System.Net;
using System.Text;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.Operations.Contract;

namespace PaySg.Functions.Tests.Docs.Examples;

/// <summary>The <c>.http</c> files of <c>docs/integrate/examples</c> against the product, and the reader that runs them.</summary>
public sealed class HttpFileTests(SharedApp shared) : IClassFixture<SharedApp>
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Document.Repository.Root, "docs/integrate/examples"), "*.http").Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_request_is_answered_as_the_file_says(string name)
    {
        var path = $"docs/integrate/examples/{name}";
        var file = HttpFile.Parse(path, Document.Repository.Read(path));
        Assert.Equal("http://localhost:7071", file.Variables["api"].Text);
        Assert.NotEmpty(file.Requests);
        using var http = new HttpClient(new ContractHandler());

        await new HttpFileRun(file, Here(shared.App.BaseAddress)).RunAsync(http);
    }

    [Fact]
    public async Task Variables_names_and_answers_are_filled_in()
    {
        using var echo = new Echo();
        using var http = new HttpClient(echo);
        var file = HttpFile.Parse("a.http", """
            @api = http://example.com
            @items = {{api}}/items

            ### One
            # @name first
            # 200
            POST {{items}}
            Content-Type: application/json

            { "id": 7,

              "tags": ["a", { "b": "c" }] }

            ###
            # Two
            # 200
            GET {{items}}/{{first.response.body.$.id}}/{{first.response.body.$.tags[1].b}}
            x-of: {{first.response.headers.x-echo}}; {{first.response.body.$.tags[0]}}
            """);

        await new HttpFileRun(file, Here(new Uri("http://example.org"))).RunAsync(http);

        Assert.Equal(["POST http://example.org/items { \"id\": 7,\n\n  \"tags\": [\"a\", { \"b\": \"c\" }] }", "GET http://example.org/items/7/c yes; a"], echo.Sent);
    }

    [Theory]
    [InlineData("@api = x\nFETCH {{api}}", "a.http:2: This is neither a variable nor a comment nor a request: FETCH {{api}}")]
    [InlineData("@api = x\n@api = y", "a.http:2: There is a variable \"api\" already.")]
    [InlineData("GET x", "a.http:1: No comment says which status the request is answered with.")]
    [InlineData("# 200\n# 201\nGET x", "a.http:2: The request has a status already.")]
    [InlineData("# @name a\n# @name b\nGET x", "a.http:2: The request has a name already.")]
    [InlineData("# @prompt a\nGET x", "a.http:1: This is not understood: @prompt a")]
    [InlineData("# 200\nGET x\nheader", "a.http:3: This is not a header: header")]
    [InlineData("# 200\nPOST x\n\n< body.json", "a.http:4: This is not understood: < body.json")]
    [InlineData("# 200\n###\nGET x", "a.http:2: A name or a status stands here without a request.")]
    [InlineData("# 200\nGET x\n# comment", "a.http:3: This is not a header: # comment")]
    [InlineData("# 200\n# @name a\nGET x\n###\n# 200\n# @name a\nGET x", "a.http:7: There is a request \"a\" already.")]
    public void What_is_not_understood_is_told_by_file_and_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<HttpFileException>(() => HttpFile.Parse("a.http", text)).Message);

    [Theory]
    [InlineData("# 200\nGET {{api}}/{{other}}", "a.http:3: There is nothing to be put in for {{other}}.")]
    [InlineData("# 200\nGET {{api}}\nx-of: {{$guid}}", "a.http:4: There is nothing to be put in for {{$guid}}.")]
    [InlineData("# 200\nPOST {{api}}\n\n1\n{{none.response.body.$.id}}", "a.http:6: There is nothing to be put in for {{none.response.body.$.id}}.")]
    [InlineData("# 200\n# @name a\nPOST {{api}}\n\n{\"b\":[null]}\n###\n# 200\nGET {{api}}/{{a.response.body.$.b[1]}}", "a.http:9: There is nothing to be put in for {{a.response.body.$.b[1]}}.")]
    [InlineData("# 200\n# @name a\nPOST {{api}}\n\n{\"b\":[null]}\n###\n# 200\nGET {{api}}/{{a.response.body.$.b[0]}}", "a.http:9: There is nothing to be put in for {{a.response.body.$.b[0]}}.")]
    [InlineData("# 200\n# @name a\nPOST {{api}}\n\n{\"b\":1}\n###\n# 200\nGET {{api}}/{{a.response.headers.x-none}}", "a.http:9: There is nothing to be put in for {{a.response.headers.x-none}}.")]
    [InlineData("# 200\nGET {{api}}\nContent-Type: text/plain", "a.http:4: A request without a body has no header \"Content-Type\".")]
    [InlineData("# 404\nGET {{api}}", "a.http:3: The status is 200, not 404: ")]
    public async Task What_does_not_hold_is_told_by_file_and_line(string text, string message)
    {
        using var http = new HttpClient(new Echo());
        var file = HttpFile.Parse("a.http", "@api = http://localhost\n" + text);

        var failure = await Assert.ThrowsAsync<HttpFileException>(() => new HttpFileRun(file, Here(new Uri("http://example.org"))).RunAsync(http));

        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("@b = {{a}}\n@a = 1", "a.http:1: There is nothing to be put in for {{a}}.")]
    [InlineData("@b = {{$timestamp}}", "a.http:1: There is nothing to be put in for {{$timestamp}}.")]
    public void A_variable_uses_those_above_it_only(string text, string message) =>
        Assert.Equal(message, Assert.Throws<HttpFileException>(() => new HttpFileRun(HttpFile.Parse("a.http", text), new Dictionary<string, string>())).Message);

    internal static Dictionary<string, string> Here(Uri address) => new(StringComparer.Ordinal) { ["api"] = address.GetLeftPart(UriPartial.Authority) };

    /// <summary>Answers what it is sent.</summary>
    private sealed class Echo : HttpMessageHandler
    {
        public List<string> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Sent.Add($"{request.Method} {request.RequestUri} {(request.Headers.TryGetValues("x-of", out var values) ? values.Single() : body)}");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8), Headers = { { "x-echo", "yes" } } };
        }
    }
}
