using PaySg.Functions.Languages;

namespace PaySg.Functions.Payments;

/// <summary>Reads and checks what an e-service sends to create a payment.</summary>
internal static class PaymentDetailsReader
{
    private const int MaxMetadataEntries = 10;
    private const int MaxMetadataKey = 40;
    private const int MaxMetadataValue = 255;
    private const int MaxUrl = 2048;

    // Longer than any, so that a wrong one is told which there are.
    private const int MaxLocale = 35;

    /// <summary>What is sent. In test mode the payer may be led to a page of a developer's own machine.</summary>
    /// <exception cref="ApiException">400 with every field that is wrong.</exception>
    public static PaymentDetails Read(RequestFields fields, long maxAmountInCents, PaySgMode mode)
    {
        var details = Note(fields, maxAmountInCents, mode);
        fields.ThrowIfInvalid();
        return details;
    }

    /// <summary>The same, where what is wrong is not the end: it is noted in the fields, and what is given then is of no use.</summary>
    public static PaymentDetails Note(RequestFields fields, long maxAmountInCents, PaySgMode mode) => new()
    {
        ReferenceId = fields.RequiredText("reference_id", 255) ?? "",
        PayerName = fields.RequiredText("payer_name", 255) ?? "",
        PayerAddress = fields.OptionalText("payer_address", 255),
        PayerIdentifier = fields.OptionalText("payer_identifier", 20),
        PayerEmail = fields.OptionalEmail("payer_email", 255),
        Description = fields.RequiredText("description", 500) ?? "",
        AmountInCents = fields.RequiredInteger("amount_in_cents", 1, maxAmountInCents) ?? 0,
        DueDate = DueDate(fields, "due_date"),
        ReturnUrl = fields.OptionalHttpsUrl("return_url", MaxUrl, takesLocalPage: mode == PaySgMode.Test),
        Locale = Locale(fields, "locale"),
        Metadata = JavaScriptKeyOrder.Of(
            fields.OptionalTexts("metadata", MaxMetadataEntries, MaxMetadataKey, MaxMetadataValue) ?? []),
        LineItems = LineItems(fields, maxAmountInCents),
    };

    private static string? DueDate(RequestFields fields, string name)
    {
        var text = fields.OptionalText(name, Payments.DueDate.Length);
        return text is null || Payments.DueDate.Parse(text) is not null ? text : fields.Wrong(name, "must be a date such as 31-DEC-2026.");
    }

    private static string? Locale(RequestFields fields, string name)
    {
        var text = fields.OptionalText(name, MaxLocale);
        return text is null || Language.Find(Language.OfPayments, text) is not null
            ? text
            : fields.Wrong(name, $"must be {string.Join(" or ", Language.OfPayments.Select(language => language.Tag))}.");
    }

    private static List<LineItem>? LineItems(RequestFields fields, long maxAmountInCents)
    {
        var items = fields.OptionalObjects("line_items")?
            .Select(item => new LineItem(
                item.RequiredText("description", 255) ?? "",
                item.RequiredInteger("amount_in_cents", 0, maxAmountInCents) ?? 0,
                item.OptionalInteger("quantity", 1, 1_000_000)))
            .ToList();
        if (items?.Sum(item => item.AmountInCents) > maxAmountInCents)
            fields.Wrong("line_items", $"must not add up to more than {maxAmountInCents} cents.");

        return items;
    }
}
