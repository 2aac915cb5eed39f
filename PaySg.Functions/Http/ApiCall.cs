using Microsoft.AspNetCore.Http;
using PaySg.Functions.Access;

namespace PaySg.Functions.Http;

/// <summary>One call of an API: the request, its id, and who calls.</summary>
public sealed class ApiCall(HttpRequest request, string requestId, ApiKeyGate gate, CancellationToken? clientLeft = null)
{
    /// <summary>The request.</summary>
    public HttpRequest Request { get; } = request;

    /// <summary>Names this call in answers and logs.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>Fires when the client leaves, or has waited for too long. Only for what comes before an operation's first write.</summary>
    public CancellationToken ClientLeft { get; } = clientLeft ?? request.HttpContext.RequestAborted;

    /// <summary>The caller, who must hold the permission in the payment service of the path.</summary>
    /// <exception cref="Errors.ApiException">401, 403, 404 for a payment service that is not the key's, or 429.</exception>
    public Task<ApiKey> AuthorizeAsync(string paymentServiceId, Permission permission) =>
        gate.AuthorizeAsync(Request, paymentServiceId, permission, ClientLeft);

    /// <summary>The request's JSON object.</summary>
    /// <exception cref="Errors.ApiException">400, 413 or 415.</exception>
    public Task<RequestFields> ReadFieldsAsync() => RequestBody.ReadFieldsAsync(Request, ClientLeft);

    /// <summary>The request's JSON object, where no body is as good as an empty one.</summary>
    /// <exception cref="Errors.ApiException">400, 413 or 415.</exception>
    public Task<RequestFields> ReadOptionalFieldsAsync() => RequestBody.ReadFieldsAsync(Request, ClientLeft, isOptional: true);
}
