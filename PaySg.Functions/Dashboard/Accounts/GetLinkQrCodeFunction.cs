using PaySg.Functions.Access;
using PaySg.Functions.Pages;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary><c>GET /dashboard/accounts/{account_id}/links/{link_id}/qr.png</c>: the QR code that leads to the payers' page of a link.</summary>
internal sealed class GetLinkQrCodeFunction(IApiBoundary api, DashboardDoor door, PaymentLinkStore links, PaymentLinkUrls urls, PageAnswers answers, DashboardPages pages)
{
    /// <summary>200 and a PNG image; 303 to the sign-in.</summary>
    [Function("GetLinkQrCode")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/accounts/{accountId:length(26)}/links/{linkId}/qr.png")] HttpRequest request,
        string accountId,
        string linkId) =>
        api.AnswerAsync(
            request,
            call => door.EnterAccountAsync(call, accountId, Permission.View, async visit =>
            {
                var link = (await links.GetAsync(visit.Account.Id, linkId, call.ClientLeft)).Link;
                return answers.Picture(QrCodePng.Of(urls.PageOf(link.ReffNo)), $"{link.ReffNo}.png");
            }),
            pages.Error);
}
