using PaySg.Functions.Access;

namespace PaySg.Functions.Management.Members;

/// <summary><c>DELETE /management/payment-services/{id}/members/{member_id}</c>: removes a member.</summary>
internal sealed class RemoveMemberFunction(IApiBoundary api, ManagementGate gate, RemoveMember removeMember)
{
    /// <summary>204.</summary>
    [Function("RemoveMember")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "management/payment-services/{paymentServiceId}/members/{memberId}")] HttpRequest request,
        string paymentServiceId,
        string memberId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            if (!PaymentServiceStore.IsId(paymentServiceId))
                throw ApiErrors.PaymentServiceNotFound();

            return await removeMember.RunAsync(call, paymentServiceId, memberId, Actor.Management);
        });
}
