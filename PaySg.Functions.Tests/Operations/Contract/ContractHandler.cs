using System.Text;

namespace PaySg.Functions.Tests.Operations.Contract;

/// <summary>
/// Holds every answer against the API's document, and fails the test whose call was answered otherwise. Clients of the product send through it, so that
/// whatever a scenario sees is documented.
/// </summary>
internal sealed class ContractHandler : DelegatingHandler
{
    public ContractHandler()
        : this(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
    }

    public ContractHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read before it is sent: afterwards a stream of it may be gone.
        var sent = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        var response = await base.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var exchange = new Exchange(request.Method, request.RequestUri!.AbsolutePath, request.Content?.Headers.ContentType, sent, response, body);
        var faults = await exchange.FaultsAsync();
        Assert.True(faults.Count == 0, $"{exchange}\nThe API's document says otherwise:\n{string.Join('\n', faults)}");
        return response;
    }
}
