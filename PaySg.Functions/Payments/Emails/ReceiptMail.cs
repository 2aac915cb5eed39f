using PaySg.Functions.Payments.Receipts;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Payments.Emails;

/// <summary>The mails about money that moved: the receipt, and the credit note of a refund. They say what the payer's page says.</summary>
internal static class ReceiptMail
{
    /// <summary>That the payment has arrived, with the whole receipt.</summary>
    public static (string Subject, string Text, Html Html) Receipt(PaymentReceipt receipt)
    {
        var payee = receipt.Supplier.Payee;
        var amount = ShownText.Amount(receipt.Details.AmountInCents);
        var title = ReceiptText.TitleOf(receipt.Kind);
        var facts = ReceiptText.FactsOf(receipt).ToList();
        var totals = TotalsOf(receipt.Gst, "Total paid", amount);
        var includes = receipt.SaysPriceIncludesGst ? ReceiptText.PriceIncludesGst : "";
        var mark = receipt.IsFromSettings ? ReceiptText.FromSettings : "";
        var keep = $"Please keep this email as your {title.ToLowerInvariant()}. Questions? Contact {payee.Contact} and quote the number {receipt.Number}.";
        var text = $"""
            Dear {ShownText.OneLine(receipt.Details.PayerName)},

            {payee.Name} has received your payment of {amount}. Thank you.

            {title}

            {MailParts.Lines(facts)}

            {string.Join('\n', receipt.Lines.Select(TextOf))}

            {MailParts.Lines(totals)}
            {MailParts.Paragraphs(includes, mark, keep)}
            """;
        var html = Html.Of($"""
            <p>Dear {receipt.Details.PayerName},</p>
            <p>{payee.Name} has received your payment of <strong>{amount}</strong>. Thank you.</p>
            {MailParts.Heading(title)}
            {MailParts.Table(facts)}
            {MailParts.Amounts(receipt.Lines.Select(HtmlOf).Concat(totals.Select(total => MailParts.Amount(Html.Of($"{total.Label}"), total.Value, total == totals[^1]))))}
            {MailParts.HtmlParagraphs(includes, mark, keep)}
            """);
        return ($"{payee.Name}: receipt for {amount} ({receipt.Details.ReferenceId})", text, html);
    }

    /// <summary>That money has gone back, with the credit note.</summary>
    public static (string Subject, string Text, Html Html) Refund(PaymentReceipt receipt, CreditNote note)
    {
        var payee = receipt.Supplier.Payee;
        var amount = ShownText.Amount(note.AmountInCents);
        var paid = ShownText.Amount(receipt.Details.AmountInCents);
        List<(string Label, string Value)> facts = [.. ReceiptText.FactsOf(note, receipt), .. ReceiptText.PartiesOf(receipt)];
        var totals = TotalsOf(note.Gst, "Total refunded", amount);
        var mark = receipt.IsFromSettings ? ReceiptText.FromSettings : "";
        var keep = $"Please keep this email with your {ReceiptText.TitleOf(receipt.Kind).ToLowerInvariant()}. Questions? Contact {payee.Contact} and quote the number {note.Number}.";
        var lead = note.IsWhole
            ? $"{payee.Name} has refunded your payment in full. The money goes back the way you paid. Your bank may take a few days to show it."
            : $"{payee.Name} has refunded {amount} of the {paid} that you paid. The money goes back the way you paid. Your bank may take a few days to show it.";
        var text = $"""
            Dear {ShownText.OneLine(receipt.Details.PayerName)},

            {lead}

            {ReceiptText.CreditNoteTitle}

            {MailParts.Lines(facts)}

            {MailParts.Lines(totals)}
            {MailParts.Paragraphs(mark, keep)}
            """;
        var html = Html.Of($"""
            <p>Dear {receipt.Details.PayerName},</p>
            <p>{lead}</p>
            {MailParts.Heading(ReceiptText.CreditNoteTitle)}
            {MailParts.Table(facts)}
            {MailParts.Amounts(totals.Select(total => MailParts.Amount(Html.Of($"{total.Label}"), total.Value, total == totals[^1])))}
            {MailParts.HtmlParagraphs(mark, keep)}
            """);
        return ($"{payee.Name}: refund of {amount} ({receipt.Details.ReferenceId})", text, html);
    }

    private static List<(string Label, string Value)> TotalsOf(GstSplit? gst, string label, string amount) => [.. ReceiptText.PartsOf(gst), (label, amount)];

    private static string TextOf(ReceiptLine line)
    {
        var quantity = line.Quantity is { } count ? $" × {count}" : "";
        var gst = ReceiptText.GstOf(line) is { Length: > 0 } said ? $" ({said})" : "";
        return $"- {ShownText.OneLine(ReceiptText.DescriptionOf(line))}{quantity}: {ShownText.Amount(line.AmountInCents)}{gst}";
    }

    private static Html HtmlOf(ReceiptLine line) => MailParts.Amount(
        Html.Of($"""{ReceiptText.DescriptionOf(line)}{Html.When(line.Quantity is not null, $" × {line.Quantity}")}{Html.When(line.Gst is not null, $"""<br><span style="color:#555555;font-size:14px">{ReceiptText.GstOf(line)}</span>""")}"""),
        ShownText.Amount(line.AmountInCents),
        isTotal: false);
}
