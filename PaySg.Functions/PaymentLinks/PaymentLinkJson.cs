using PaySg.Functions.Access.Accounts;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Prints the payment link object (Singapay's page "Update").</summary>
internal sealed class PaymentLinkJson(PaymentLinkUrls urls)
{
    /// <summary>The object of API v1.0.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="now">The moment that <c>status_computed</c> and <c>is_expired</c> are of.</param>
    public void Write(Utf8JsonWriter json, PaymentLink link, Account account, DateTimeOffset now)
    {
        json.WriteStartObject();
        WriteMembers(json, link, account, now);
        json.WriteEndObject();
    }

    /// <summary>The object of API v2.0: the same and a few members more.</summary>
    public void WriteV2(Utf8JsonWriter json, PaymentLink link, Account account, DateTimeOffset now)
    {
        json.WriteStartObject();
        WriteMembers(json, link, account, now);
        if (link.OptionalMetadata is null)
            json.WriteNull("optional_metadata");

        json.WriteString("description", link.Description);
        json.WriteString("source", link.Source == PaymentLinkSource.ApiV1 ? "api v1" : "api v2");

        // The payer pays the amount of the link and never a fee on top.
        json.WriteBoolean("customer_pays_fee", false);
        json.WriteString("success_redirect_url", link.SuccessRedirectUrl);
        json.WriteString("expired_redirect_url", link.ExpiredRedirectUrl);
        json.WriteString("customer_name", link.CustomerName);
        json.WriteString("customer_email", link.CustomerEmail);
        json.WriteString("customer_phone", link.CustomerPhone);
        json.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter json, PaymentLink link, Account account, DateTimeOffset now)
    {
        json.WriteNumber("id", link.Id);
        json.WriteString("reff_no", link.ReffNo);
        json.WriteString("title", link.Title);
        json.WriteString("payment_url", urls.PageOf(link.ReffNo));
        json.WriteString("status", link.Status == PaymentLinkStatus.Open ? "open" : "closed");
        json.WriteString("status_computed", link.StatusAt(now).Name());
        json.WriteBoolean("required_customer_detail", link.RequiredCustomerDetail);
        json.WriteNumber("max_usage", link.MaxUsage);
        json.WriteNumber("current_usage", link.CurrentUsage);
        WriteTime(json, "expired_at", link.ExpiredAt);
        json.WriteBoolean("is_expired", link.IsExpiredAt(now));
        json.WriteString("total_amount", $"{link.TotalAmount}.00");
        WriteItems(json, link.Items);
        WriteTexts(json, "whitelisted_payment_method", link.WhitelistedPaymentMethod);
        json.WriteString("redirect_url", link.RedirectUrl);
        if (link.OptionalMetadata is { } metadata)
        {
            json.WritePropertyName("optional_metadata");
            json.WriteRawValue(metadata);
        }

        WriteTime(json, "payment_date", link.PaymentDate);
        WriteTime(json, "created_at", link.CreatedAt);
        WriteTime(json, "updated_at", link.UpdatedAt);
        WriteAccount(json, account);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } moment ? JakartaTime.Format(moment) : null);

    private static void WriteItems(Utf8JsonWriter json, IReadOnlyList<PaymentLinkItem>? items)
    {
        if (items is null)
        {
            json.WriteNull("items");
            return;
        }

        json.WriteStartArray("items");
        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            json.WritePropertyName("quantity");
            item.Quantity.WriteTo(json);
            json.WritePropertyName("unit_price");
            item.UnitPrice.WriteTo(json);
            json.WriteNumber("subtotal", item.Subtotal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);

        json.WriteEndArray();
    }

    private static void WriteAccount(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("account");
        json.WriteString("id", account.Id);
        json.WriteString("name", account.Name);
        json.WriteString("email", account.Email);
        json.WriteString("phone", account.Phone);
        json.WriteString("status", account.Status == AccountStatus.Active ? "active" : "inactive");
        json.WriteEndObject();
    }
}
