using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Members;

/// <summary><c>POST /management/payment-services/{id}/members</c>: invites somebody to the dashboard, or changes their permissions.</summary>
internal sealed class InviteMemberFunction(IApiBoundary api, ManagementGate gate, InviteMember inviteMember)
{
    /// <summary>200 and the member.</summary>
    [Function("InviteMember")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "management/payment-services/{paymentServiceId}/members")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            if (!PaymentServiceStore.IsId(paymentServiceId))
                throw ApiErrors.PaymentServiceNotFound();

            return await inviteMember.RunAsync(call, paymentServiceId, Actor.Management);
        });
}
