using PaySg.Functions.Access;
using PaySg.Functions.Access.Members;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Management.Members;

/// <summary><c>GET /management/payment-services/{id}/members</c>: who may use the dashboard, the first invited first.</summary>
internal sealed class ListMembersFunction(IApiBoundary api, ManagementGate gate, PaymentServiceStore services, MemberStore members)
{
    /// <summary>200 and a page.</summary>
    [Function("ListMembers")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "management/payment-services/{paymentServiceId}/members")] HttpRequest request,
        string paymentServiceId) =>
        api.AnswerAsync(request, async call =>
        {
            gate.Authorize(call.Request);
            var page = PageRequest.Read(call.Request, MemberStore.IsId);
            _ = await services.FindAsync(paymentServiceId, call.ClientLeft) ?? throw ApiErrors.PaymentServiceNotFound();
            var found = await members.ListAsync(paymentServiceId, page.Limit, page.After, call.ClientLeft);
            return new ApiAnswer(200, PageJson.Print(page, found, member => member.Id, MemberJson.Write));
        });
}
