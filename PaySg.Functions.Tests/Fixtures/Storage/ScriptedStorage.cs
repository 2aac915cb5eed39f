using System.Net;
using System.Text;
using Azure.Core.Pipeline;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A storage account, or what stands before it, that answers as a test says: under the real clients and all of their pipeline.</summary>
public sealed class ScriptedStorage(Func<HttpRequestMessage, HttpResponseMessage> script) : HttpMessageHandler
{
    private readonly List<string> requests = [];

    /// <summary>What was asked: method and address.</summary>
    public IReadOnlyList<string> Requests => requests;

    /// <summary>For the product's services.</summary>
    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    /// <summary>An answer.</summary>
    public static HttpResponseMessage Answer(int status, string body = "", string? type = null)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }

    /// <summary>The answer to a transaction, with these parts.</summary>
    public static HttpResponseMessage TransactionAnswer(params string[] parts) => Answer(
        202,
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
        + string.Concat(parts.Select(part => $"--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{part}\r\n"))
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n",
        "multipart/mixed; boundary=batchresponse_1");

    /// <summary>A part that refuses.</summary>
    public static string Refusal(int status, string code) =>
        $$$$"""
        HTTP/1.1 {{{{status}}}} Refused
        Content-Type: application/json

        {"odata.error":{"code":"{{{{code}}}}","message":{"lang":"en-US","value":"0:Refused."}}}

        """.ReplaceLineEndings("\r\n");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (requests)
            requests.Add($"{request.Method} {request.RequestUri}");
        return Task.FromResult(script(request));
    }
}
