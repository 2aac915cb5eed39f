using PaySg.Functions.Access;

namespace PaySg.Functions.Dashboard.Members;

/// <summary><c>POST /dashboard/{payment_service_id}/members</c>: invites a member, changes what they may do, or removes them.</summary>
internal sealed class SubmitMemberFunction(IApiBoundary api, DashboardDoor door, ChangeMember changeMember, DashboardPages pages)
{
    /// <summary>303 to the list; 401 where the sender is signed in no more.</summary>
    [Function("SubmitMember")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/{paymentServiceId}/members")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, call => door.EnterAsync(call, paymentServiceId, Permission.Administrator, visit => changeMember.RunAsync(call, pages.PlaceOf(visit))), pages.Error);
}
