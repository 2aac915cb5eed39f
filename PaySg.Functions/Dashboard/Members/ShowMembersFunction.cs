using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Members;

/// <summary><c>GET /dashboard/{payment_service_id}/members</c>: who may use the dashboard, and the forms that change it.</summary>
internal sealed class ShowMembersFunction(IApiBoundary api, DashboardDoor door, ShowMembers showMembers, DashboardPages pages)
{
    /// <summary>200 and the page; 303 to the sign-in.</summary>
    [Function("ShowMembers")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{paymentServiceId}/members")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => showMembers.RunAsync(call, pages.PlaceOf(visit))), pages.Error);
}
