using MimeKit;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>Writes the mails to payers, from the payment as it is when the mail is sent.</summary>
internal sealed class MailContent(PaymentUrls urls)
{
    /// <param name="mail">Which mail.</param>
    /// <param name="payment">The payment that it is about, which has a payer's address.</param>
    /// <param name="service">Whose payment it is; null: not to be found.</param>
    /// <param name="sender">Who mails come from.</param>
    public OutgoingMail Of(PaymentMail mail, Payment payment, PaymentService? service, MailboxAddress sender)
    {
        var from = Sender.Of(service);
        var (subject, text, html, qrCode) = mail.Kind == MailKind.Link ? Link(payment, from) : Receipt(payment, from);
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

    private (string Subject, string Text, Html Html, byte[]? QrCode) Link(Payment payment, Sender payee)
    {
        var details = payment.Details;
        var amount = ShownText.Amount(details.AmountInCents);
        var url = urls.PageOf(payment.Id);
        List<(string Label, string Value)> facts =
        [
            ("Amount", amount),
            ("For", details.Description),
            ("Reference", details.ReferenceId),
        ];
        if (details.DueDate is { } dueDate)
            facts.Add(("Due date", dueDate));

        var text = $"""
            Dear {ShownText.OneLine(details.PayerName)},

            {ShownText.OneLine($"{payee.Greeting} {payee.Name} asks you to pay {amount}.")}

            {Lines(facts)}

            Pay here:
            {url}

            Please pay on this page only. For questions, turn to {payee.Contact}.
            """;
        var html = Page(payee, Html.Of($"""
            <p>Dear {details.PayerName},</p>
            <p>{payee.Greeting} {payee.Name} asks you to pay <strong>{amount}</strong>.</p>
            {Table(facts)}
            <p style="margin:24px 0"><a href="{url}" style="background:#1b4b91;color:#ffffff;padding:12px 24px;border-radius:4px;text-decoration:none;display:inline-block">Pay {amount}</a></p>
            <p>Or scan this code with your phone:</p>
            <p><img src="cid:{MimeMail.QrCodeId}" alt="QR code of the payment page" width="200" height="200"></p>
            <p>The same page as a link: <a href="{url}">{url}</a></p>
            <p>Please pay on this page only. For questions, turn to {payee.Contact}.</p>
            """));
        return ($"{payee.Name}: please pay {amount} ({details.ReferenceId})", text, html, QrCodePng.Of(url));
    }

    private static (string Subject, string Text, Html Html, byte[]? QrCode) Receipt(Payment payment, Sender payee)
    {
        var details = payment.Details;
        var amount = ShownText.Amount(details.AmountInCents);
        List<(string Label, string Value)> facts =
        [
            ("Amount paid", amount),
            ("For", details.Description),
            ("Reference", details.ReferenceId),
            ("Paid", payment.SucceededAt is { } paidAt ? ShownText.Time(paidAt) : ""),
            ("Payment ID", payment.Id),
        ];
        var text = $"""
            Dear {ShownText.OneLine(details.PayerName)},

            {payee.Name} has received your payment of {amount}. Thank you.

            {Lines(facts)}

            Please keep this mail as your receipt. For questions, turn to {payee.Contact} and name the payment ID.
            """;
        var html = Page(payee, Html.Of($"""
            <p>Dear {details.PayerName},</p>
            <p>{payee.Name} has received your payment of <strong>{amount}</strong>. Thank you.</p>
            {Table(facts)}
            <p>Please keep this mail as your receipt. For questions, turn to {payee.Contact} and name the payment ID.</p>
            """));
        return ($"{payee.Name}: receipt for {amount} ({details.ReferenceId})", text, html, null);
    }

    private static string Lines(IEnumerable<(string Label, string Value)> facts) =>
        string.Join('\n', facts.Select(fact => $"{fact.Label}: {ShownText.OneLine(fact.Value)}"));

    private static Html Table(IEnumerable<(string Label, string Value)> facts) => Html.Of($"""
        <table role="presentation" cellpadding="0" cellspacing="0">
        {Html.Join(facts.Select(fact => Html.Of($"""
            <tr><td style="padding:4px 16px 4px 0;color:#555555;vertical-align:top">{fact.Label}</td><td style="padding:4px 0">{fact.Value}</td></tr>
            """)))}
        </table>
        """);

    /// <summary>Styles stand in attributes, because many mail programs drop style sheets.</summary>
    private static Html Page(Sender payee, Html body) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{payee.Name}</title>
        </head>
        <body style="margin:0;padding:24px;background:#ffffff;color:#222222;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
        <div style="max-width:600px;margin:0 auto">
        {payee.Logo}<h1 style="font-size:20px;margin:0 0 16px">{payee.Name}</h1>
        {body}
        </div>
        </body>
        </html>
        """);

    /// <summary>What a payment service says of itself, each in one line.</summary>
    private sealed record Sender(string Name, string Greeting, string Contact, Html Logo)
    {
        public static Sender Of(PaymentService? service)
        {
            var payee = Payee.Of(service);
            var logo = service?.LogoUrl is { } url ? Html.Of($"""<p><img src="{url}" alt="{payee.Name}" height="48"></p>""") : Html.Empty;
            return new Sender(payee.Name, ShownText.OneLine(service?.EmailGreeting), payee.Contact, logo);
        }
    }
}
