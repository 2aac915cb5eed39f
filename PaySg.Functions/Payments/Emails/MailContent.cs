using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Writes the mails to payers, from the payment as it is when the mail is sent.</summary>
internal sealed class MailContent(PaymentUrls urls)
{
    /// <param name="mail">Which mail.</param>
    /// <param name="payment">The payment that it is about, which has a payer's address.</param>
    /// <param name="service">Whose payment it is; null: not to be found, or not needed, because the payment says itself who was paid.</param>
    /// <param name="sender">Who mails come from.</param>
    public OutgoingMail Of(PaymentMail mail, Payment payment, PaymentService? service, MailboxAddress sender)
    {
        var say = payment.Language.Texts;
        var (subject, text, html, qrCode) = mail.HasLink ? Link(say, mail.Kind, payment, SenderOf(service)) : Money(say, mail, PaymentReceipt.Of(payment, service));
        return new OutgoingMail
        {
            MessageId = $"<{mail.Id}@{sender.Domain}>",
            From = sender,
            To = new MailboxAddress(MailText.DisplayName(payment.Details.PayerName), payment.Details.PayerEmail!),
            Subject = MailText.Header(subject),
            Text = text,
            Html = html.Text,
            QrCode = qrCode,
        };
    }

    private (string Subject, string Text, Html Html, byte[]? QrCode) Money(Texts say, PaymentMail mail, PaymentReceipt receipt)
    {
        var (subject, text, html) = mail.Kind == MailKind.Refund
            ? new ReceiptMail(say).Refund(receipt, receipt.CreditNotes.Single(note => note.RefundId == mail.RefundId))
            : new ReceiptMail(say).Receipt(receipt);
        return (subject, text, Page(say, SenderOf(receipt.Supplier), html), null);
    }

    private (string Subject, string Text, Html Html, byte[]? QrCode) Link(Texts say, MailKind kind, Payment payment, Sender payee)
    {
        var details = payment.Details;
        var amount = say.Dollars(details.AmountInCents);
        var url = urls.PageOf(payment.Id);
        List<(string Label, string Value)> facts =
        [
            (say.Facts.Amount, amount),
            (say.Facts.For, details.Description),
            (say.Facts.Reference, details.ReferenceId),
        ];
        if (details.DueDateIn(say) is { } dueDate)
            facts.Add((say.Facts.DueDate, dueDate));

        var text = $"""
            {say.Mail.Dear(details.PayerName)}

            {ShownText.OneLine($"{payee.Greeting} {Asks(amount)}")}

            {MailParts.Lines(facts)}

            {say.Mail.PayHere}
            {url}

            {say.Mail.PayOnThisPage(payee.Contact)}
            """;
        var html = Page(say, payee, Html.Of($"""
            <p>{say.Mail.Dear(details.PayerName)}</p>
            <p>{payee.Greeting} {Asks(Html.Of($"<strong>{amount}</strong>"))}</p>
            {MailParts.Table(facts)}
            <p style="margin:24px 0"><a href="{url}" style="background:#1b4b91;color:#ffffff;padding:12px 24px;border-radius:4px;text-decoration:none;display:inline-block">{say.Payment.Pay(amount)}</a></p>
            <p>{say.Mail.ScanCode}</p>
            <p><img src="cid:{MimeMail.QrCodeId}" alt="{say.Mail.QrCodeLabel}" width="200" height="200"></p>
            <p>{say.Mail.SamePage(Html.Of($"""<a href="{url}" style="overflow-wrap:anywhere;word-break:break-word">{url}</a>"""))}</p>
            <p>{say.Mail.PayOnThisPage(payee.Contact)}</p>
            """));
        var subject = kind == MailKind.Reminder ? say.Mail.ReminderSubject(payee.Name, amount, details.ReferenceId) : say.Mail.LinkSubject(payee.Name, amount, details.ReferenceId);
        return (subject, text, html, QrCodePng.Of(url));

        Sentence Asks(SentenceValue shown) => kind == MailKind.Reminder ? say.Mail.NotPaidYet(payee.Name, shown) : say.Mail.AsksYouToPay(payee.Name, shown);
    }

    private static Html Page(Texts say, Sender payee, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{say.Language.HtmlTag}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{payee.Name}</title>
        </head>
        <body style="margin:0;padding:24px;background:#ffffff;color:#222222;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:anywhere;word-break:break-word">
        <div style="max-width:600px;margin:0 auto">
        {payee.Logo}<h1 style="font-size:20px;margin:0 0 16px">{payee.Name}</h1>
        {body}
        </div>
        </body>
        </html>
        """);

    private Sender SenderOf(PaymentService? service) => SenderOf(Supplier.Of(service)) with { Greeting = ShownText.OneLine(service?.EmailGreeting) };

    /// <summary>The logo is ours, where we have a copy of it. What an older release stored is a link to elsewhere.</summary>
    private Sender SenderOf(Supplier supplier)
    {
        var payee = supplier.Payee;
        var address = supplier.LogoPath is { } path ? urls.LogoOf(path) : supplier.LogoUrl;
        var logo = address is { } url ? Html.Of($"""<p><img src="{url}" alt="{payee.Name}" height="48"></p>""") : Html.Empty;
        return new Sender(payee.Name, "", payee.Contact, logo);
    }

    /// <summary>What a payment service says of itself, each in one line.</summary>
    private sealed record Sender(string Name, string Greeting, string Contact, Html Logo);
}
