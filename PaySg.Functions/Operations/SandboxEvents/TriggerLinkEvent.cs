using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.Operations.SandboxEvents;

/// <summary>
/// Has a payer pay on a payment link, which tells its account. Whoever knows a link's <c>reff_no</c> may pay on it, so this needs no credential of the account.
/// </summary>
internal sealed class TriggerLinkEvent(SimulateLinkAttempt pay, PaymentLinkStore links, PaySgTables tables)
{
    private const string Favourite = "QRIS";

    /// <summary>The ids of attempt and event.</summary>
    /// <exception cref="ApiException">402 where the link takes no payment; 404 where there is no such link; 409; 503.</exception>
    public async Task<TriggeredEvent> RunAsync(ApiCall call, TriggerRequest request, string? partKey)
    {
        var reffNo = request.ReffNo!;
        var link = (PaymentLinkReffNo.IsValid(reffNo) ? await links.FindByReffNoAsync(reffNo, call.ClientLeft) : null)?.Link
            ?? throw ApiErrors.PaymentLinkNotFound();
        var part = call.Part($"/sandbox/payment-links/{reffNo}/attempts", Body(link), partKey);
        var history = await CallPart.RunAsync(() => pay.RunAsync(part, reffNo));
        var number = history.GetProperty("reff_no").GetString();
        var since = DateTimeOffset.Parse(history.GetProperty("created_at").GetString()!, CultureInfo.InvariantCulture);
        var eventId = await FindTriggeredEvent.RunAsync(
            tables.PaymentLinks, link.AccountId, request.Type, since, data => data.GetProperty("transaction").GetProperty("reff_no").GetString() == number);
        return new TriggeredEvent(request.Type, eventId, HistoryReffNo: number);
    }

    private static byte[] Body(PaymentLink link) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("payment_method", link.Allows(Favourite) ? Favourite : link.WhitelistedPaymentMethod![0]);
        json.WriteString("outcome", "succeeded");
        json.WriteStartObject("customer");
        json.WriteString("name", "Sandbox Payer");
        json.WriteString("email", "payer@example.com");
        json.WriteString("phone", "081234567890");
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
