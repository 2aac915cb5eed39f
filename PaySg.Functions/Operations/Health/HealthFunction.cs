namespace PaySg.Functions.Operations.Health;

/// <summary><c>GET /health</c>: the app answers. It asks nothing of storage, so it says nothing of storage.</summary>
internal sealed class HealthFunction(IApiBoundary api)
{
    private static readonly ApiAnswer Alive = new(200, JsonText.Write(static json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteEndObject();
    }));

    /// <summary>200.</summary>
    [Function("Health")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request) =>
        api.AnswerAsync(request, static _ => Task.FromResult(Alive));
}
