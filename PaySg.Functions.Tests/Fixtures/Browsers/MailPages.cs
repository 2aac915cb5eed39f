using System.Net;
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
    /// <summary>One of each kind, about payments that were created in a language, and the plain part of two of them.</summary>
    /// <param name="payment">Of S$65.40; null: one that fills all places.</param>
    public static async Task<IReadOnlyList<(string Name, string Subject, string Html)>> OfAsync(Browser browser, Language language, PaymentRequest? payment = null)
    {
        var id = await CreatedAsync();
        var link = await OfAsync(browser, id, MailKind.Link);
        var reminder = await OfAsync(browser, id, MailKind.Reminder);
        await RefundAsync(id, 1090);
        var other = await CreatedAsync();
        await RefundAsync(other, 6540);
        var receipt = await OfAsync(browser, id, MailKind.Receipt);
        var refund = await OfAsync(browser, id, MailKind.Refund);
        return
        [
            ("mail-link", link.Subject, HtmlOf(link)),
            ("mail-link-as-text", link.Subject, TextOf(link)),
            ("mail-reminder", reminder.Subject, HtmlOf(reminder)),
            ("mail-receipt", receipt.Subject, HtmlOf(receipt)),
            ("mail-receipt-as-text", receipt.Subject, TextOf(receipt)),
            ("mail-refund", refund.Subject, HtmlOf(refund)),
            ("mail-refund-in-full", refund.Subject, HtmlOf(await OfAsync(browser, other, MailKind.Refund))),
        ];

        Task<string> CreatedAsync() => browser.CreatedPaymentAsync((payment ?? PageState.Payment()).With("payer_email", "payer@example.com").With("locale", language.Tag));

        async Task RefundAsync(string paid, int cents)
        {
            (await browser.App.Client.PayAsync(paid)).Expect(HttpStatusCode.OK);
            await browser.ChangeAsync(paid, "refund", $$"""{"refund_amount_in_cents":{{cents}}}""");
        }
    }

    private static async Task<OutgoingMail> OfAsync(Browser browser, string id, MailKind kind)
    {
        var parts = browser.App.Services;
        var payment = PaymentRows.Read((await parts.GetRequiredService<PaySgTables>().Payments.FindAsync(browser.ServiceId, PaymentRows.Key(id)))!);
        var service = await parts.GetRequiredService<PaymentServiceStore>().FindAsync(browser.ServiceId, CancellationToken.None);
        var about = PaymentMail.Of(payment, kind, "mail_1", DateTimeOffset.UnixEpoch) with { RefundId = kind == MailKind.Refund ? payment.Refunds.Single().Id : null };
        return parts.GetRequiredService<MailContent>().Of(about, payment, service, new MailboxAddress("Pay", "no-reply@agency.gov.sg"));
    }

    private static string HtmlOf(OutgoingMail mail) => mail.QrCode is { } picture
        ? mail.Html.Replace($"cid:{MimeMail.QrCodeId}", $"data:image/png;base64,{Convert.ToBase64String(picture)}", StringComparison.Ordinal)
        : mail.Html;

    /// <summary>The plain part, as a program shows it that shows no other.</summary>
    private static string TextOf(OutgoingMail mail) =>
        $"<!DOCTYPE html><pre style=\"margin:24px;font:16px/1.5 Arial,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere\">{WebUtility.HtmlEncode(mail.Text)}</pre>";
}
