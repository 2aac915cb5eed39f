namespace PaySg.Functions.Dashboard;

/// <summary><c>GET /dashboard</c>: the payment services and accounts of whoever is signed in.</summary>
internal sealed class ShowDashboardFunction(IApiBoundary api, DashboardDoor door, ShowDashboard showDashboard, DashboardPages pages)
{
    /// <summary>200 and the page, or 303 to the sign-in.</summary>
    [Function("ShowDashboard")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard")] HttpRequest request) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, person => showDashboard.RunAsync(call, person)), pages.Error);
}
