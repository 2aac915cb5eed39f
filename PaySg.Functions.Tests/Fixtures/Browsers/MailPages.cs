using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Storage;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>The mails to payers as their programs show them.</summary>
internal static class MailPages
{
    /// <summary>One of each kind, about a payment that was created in a language.</summary>
    public static async Task<IReadOnlyList<(string Name, string Html)>> OfAsync(Browser browser, Language language, PaymentRequest? payment = null)
    {
        var id = await browser.CreatedPaymentAsync((payment ?? PageState.Payment()).With("payer_email", "payer@example.com").With("locale", language.Tag));
        var link = await OfAsync(browser, id, MailKind.Link);
        (await browser.App.Client.PayAsync(id)).Expect(System.Net.HttpStatusCode.OK);
        await browser.ChangeAsync(id, "refund", """{"refund_amount_in_cents":1090}""");
        return [("mail-link", link), ("mail-receipt", await OfAsync(browser, id, MailKind.Receipt)), ("mail-refund", await OfAsync(browser, id, MailKind.Refund))];
    }

    private static async Task<string> OfAsync(Browser browser, string id, MailKind kind)
    {
        var parts = browser.App.Services;
        var payment = PaymentRows.Read((await parts.GetRequiredService<PaySgTables>().Payments.FindAsync(browser.ServiceId, PaymentRows.Key(id)))!);
        var service = await parts.GetRequiredService<PaymentServiceStore>().FindAsync(browser.ServiceId, CancellationToken.None);
        var about = PaymentMail.Of(payment, kind, "mail_1", DateTimeOffset.UnixEpoch) with { RefundId = kind == MailKind.Refund ? payment.Refunds.Single().Id : null };
        var mail = parts.GetRequiredService<MailContent>().Of(about, payment, service, new MailboxAddress("Pay", "no-reply@agency.gov.sg"));
        return mail.QrCode is { } picture
            ? mail.Html.Replace($"cid:{MimeMail.QrCodeId}", $"data:image/png;base64,{Convert.ToBase64String(picture)}", StringComparison.Ordinal)
            : mail.Html;
    }
}
