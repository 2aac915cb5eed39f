using PaySg.Functions.Languages;
using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>The mails about money that moved: the receipt, and the credit note of a refund. They say what the payer's page says.</summary>
internal sealed class ReceiptMail(Texts say)
{
    private readonly ReceiptText words = new(say);

    /// <summary>That the payment has arrived, with the whole receipt.</summary>
    public (string Subject, string Text, Html Html) Receipt(PaymentReceipt receipt)
    {
        var payee = receipt.Supplier.Payee;
        var amount = say.Dollars(receipt.Details.AmountInCents);
        var title = words.TitleOf(receipt.Kind);
        var facts = words.FactsOf(receipt).ToList();
        var totals = TotalsOf(receipt.Gst, say.Facts.TotalPaid, amount);
        var includes = receipt.SaysPriceIncludesGst ? say.Receipt.PriceIncludesGst : "";
        var mark = receipt.IsFromSettings ? say.Receipt.FromSettings : "";
        var keep = say.Mail.KeepReceipt(payee.Contact, receipt.Number);
        var text = $"""
            {say.Mail.Dear(receipt.Details.PayerName)}

            {say.Mail.Received(payee.Name, amount)}

            {title}

            {MailParts.Lines(facts)}

            {string.Join('\n', receipt.Lines.Select(TextOf))}

            {MailParts.Lines(totals)}
            {MailParts.Paragraphs(includes, mark, keep)}
            """;
        var html = Html.Of($"""
            <p>{say.Mail.Dear(receipt.Details.PayerName)}</p>
            <p>{say.Mail.Received(payee.Name, Html.Of($"<strong>{amount}</strong>"))}</p>
            {MailParts.Heading(title)}
            {MailParts.Table(facts)}
            {MailParts.Amounts(receipt.Lines.Select(HtmlOf).Concat(totals.Select(total => MailParts.Amount(Html.Of($"{total.Label}"), total.Value, total == totals[^1]))))}
            {MailParts.HtmlParagraphs(includes, mark, keep)}
            """);
        return (say.Mail.ReceiptSubject(payee.Name, amount, receipt.Details.ReferenceId), text, html);
    }

    /// <summary>That money has gone back, with the credit note.</summary>
    public (string Subject, string Text, Html Html) Refund(PaymentReceipt receipt, CreditNote note)
    {
        var payee = receipt.Supplier.Payee;
        var amount = say.Dollars(note.AmountInCents);
        var paid = say.Dollars(receipt.Details.AmountInCents);
        List<(string Label, string Value)> facts = [.. words.FactsOf(note, receipt), .. words.PartiesOf(receipt)];
        var totals = TotalsOf(note.Gst, say.Facts.TotalRefunded, amount);
        var mark = receipt.IsFromSettings ? say.Receipt.FromSettings : "";
        var keep = say.Mail.KeepReceipt(payee.Contact, note.Number);
        var lead = note.IsWhole ? say.Mail.RefundedInFull(payee.Name) : say.Mail.RefundedInPart(payee.Name, amount, paid);
        var text = $"""
            {say.Mail.Dear(receipt.Details.PayerName)}

            {lead}

            {say.Receipt.CreditNote}

            {MailParts.Lines(facts)}

            {MailParts.Lines(totals)}
            {MailParts.Paragraphs(mark, keep)}
            """;
        var html = Html.Of($"""
            <p>{say.Mail.Dear(receipt.Details.PayerName)}</p>
            <p>{lead}</p>
            {MailParts.Heading(say.Receipt.CreditNote)}
            {MailParts.Table(facts)}
            {MailParts.Amounts(totals.Select(total => MailParts.Amount(Html.Of($"{total.Label}"), total.Value, total == totals[^1])))}
            {MailParts.HtmlParagraphs(mark, keep)}
            """);
        return (say.Mail.RefundSubject(payee.Name, amount, receipt.Details.ReferenceId), text, html);
    }

    private List<(string Label, string Value)> TotalsOf(GstSplit? gst, string label, string amount) => [.. words.PartsOf(gst), (label, amount)];

    private string TextOf(ReceiptLine line)
    {
        var quantity = line.Quantity is { } count ? $" × {count}" : "";
        var gst = words.GstOf(line) is { Length: > 0 } said ? $" ({said})" : "";
        return $"- {ShownText.OneLine(words.DescriptionOf(line))}{quantity}: {say.Dollars(line.AmountInCents)}{gst}";
    }

    private Html HtmlOf(ReceiptLine line) => MailParts.Amount(
        Html.Of($"""{words.DescriptionOf(line)}{Html.When(line.Quantity is not null, $" × {line.Quantity}")}{Html.When(line.Gst is not null, $"""<br><span style="color:#555555;font-size:14px">{words.GstOf(line)}</span>""")}"""),
        say.Dollars(line.AmountInCents),
        isTotal: false);
}
