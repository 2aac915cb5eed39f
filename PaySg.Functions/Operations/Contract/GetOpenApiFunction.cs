namespace PaySg.Functions.Operations.Contract;

/// <summary><c>GET /external/api/openapi.json</c>: the OpenAPI document of all routes.</summary>
internal sealed class GetOpenApiFunction(IApiBoundary api, OpenApiDocument document)
{
    /// <summary>200 and the document, compressed where the client takes that; 304 where the client has it.</summary>
    [Function("GetOpenApi")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "external/api/openapi.json")] HttpRequest request) =>
        api.AnswerAsync(request, call => Task.FromResult(document.Answer(call.Request)));
}
