using System.Net.Http.Headers;
using System.Text;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>What to send to an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Path">The path, and the query if there is one.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; null: none.</param>
/// <param name="MediaType">What the body is declared as.</param>
internal sealed record SampleCall(OpenApiOperation Operation, string Path, IReadOnlyDictionary<string, string> Headers, string? Body, string MediaType)
{
    public const string Json = "application/json";

    /// <summary>The same with another header.</summary>
    public SampleCall With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };

    /// <summary>The same without a header.</summary>
    public SampleCall Without(string header) =>
        this with { Headers = Headers.Where(each => !each.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase) };

    /// <summary>The same with another value of a parameter of the path.</summary>
    public SampleCall Of(string parameter, string value)
    {
        var parts = Path.Split('/');
        var index = Array.IndexOf(Operation.Path.Split('/'), $"{{{parameter}}}");
        Assert.True(index >= 0, $"{Operation} has no parameter {parameter}.");
        parts[index] = value;
        return this with { Path = string.Join('/', parts) };
    }

    /// <summary>The request.</summary>
    public HttpRequestMessage ToRequest(Uri baseAddress)
    {
        var request = new HttpRequestMessage(new HttpMethod(Operation.Method), new Uri(baseAddress, Path));
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        }

        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
