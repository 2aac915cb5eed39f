namespace PaySg.Functions.Operations.Health;

/// <summary><c>GET /health/ready</c>: whether all tables and queues can be reached. For load balancers and availability tests.</summary>
internal sealed class ReadyFunction(IApiBoundary api, StorageReadiness readiness)
{
    /// <summary>200, or 503 with what is missing; up to 5 s old.</summary>
    [Function("Ready")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request) =>
        api.AnswerAsync(request, async _ =>
        {
            var problems = await readiness.ProblemsAsync();
            return new ApiAnswer(problems.Count == 0 ? 200 : 503, JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("status", problems.Count == 0 ? "ready" : "not_ready");
                json.WriteStartArray("problems");
                foreach (var problem in problems)
                    json.WriteStringValue(problem);

                json.WriteEndArray();
                json.WriteEndObject();
            }));
        });
}
