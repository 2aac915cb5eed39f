using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Events;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Makes the event of a paid payment link, in Singapay's form: the body is delivered as it is.</summary>
internal sealed class PaymentLinkEvents(IdGenerator ids, PaymentLinkUrls urls)
{
    /// <summary>The event that tells a paid attempt and the link as it is then: its use is counted already.</summary>
    public WebhookEvent Paid(PaymentLink link, LinkAttempt attempt, DateTimeOffset now)
    {
        var body = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", 200);
            json.WriteBoolean("success", true);
            json.WriteString("event", EventTypes.PaymentLinkTransaction);
            json.WriteString("timestamp", JakartaTime.FormatText(now));
            json.WriteStartObject("data");
            WriteTransaction(json, attempt, now);
            WriteCustomer(json, attempt.Customer);
            json.WriteStartObject("payment");
            json.WriteString("method", "payment_link");
            json.WriteStartObject("additional_info");
            WriteLink(json, link);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return new WebhookEvent(ids.NewEventId(now), EventTypes.PaymentLinkTransaction, link.AccountId, now, body);
    }

    private static void WriteTransaction(System.Text.Json.Utf8JsonWriter json, LinkAttempt attempt, DateTimeOffset now)
    {
        var paidAt = JakartaTime.FormatText(attempt.PaidAt ?? now);
        json.WriteStartObject("transaction");
        json.WriteString("reff_no", attempt.ReffNo);
        json.WriteString("type", "pl");
        json.WriteString("status", "paid");
        json.WriteStartObject("amount");
        json.WriteString("value", Rupiah(attempt.Amount));
        json.WriteString("currency", attempt.Price.Currency);
        json.WriteEndObject();
        json.WriteNull("tip");
        json.WriteString("post_timestamp", paidAt);
        json.WriteString("processed_timestamp", paidAt);
        json.WriteEndObject();
    }

    private static void WriteCustomer(System.Text.Json.Utf8JsonWriter json, LinkCustomer customer)
    {
        json.WriteStartObject("customer");
        json.WriteNull("id");
        json.WriteString("name", SignedText.Of(customer.Name));
        json.WriteString("email", SignedText.Of(customer.Email));
        json.WriteString("phone", SignedText.Of(customer.Phone));
        json.WriteEndObject();
    }

    private void WriteLink(System.Text.Json.Utf8JsonWriter json, PaymentLink link)
    {
        json.WriteStartObject("payment_link");
        json.WriteNumber("id", link.Id);
        json.WriteString("reff_no", link.ReffNo);
        json.WriteString("title", SignedText.Of(link.Title));
        json.WriteString("payment_date", Utc(link.PaymentDate));
        json.WriteString("payment_url", urls.PageOf(link.ReffNo));
        json.WriteString("status", link.Status == PaymentLinkStatus.Open ? "open" : "closed");
        json.WriteNumber("max_usage", link.MaxUsage);
        json.WriteNumber("current_usage", link.CurrentUsage);
        json.WriteString("expired_at", Utc(link.ExpiredAt));
        json.WriteString("total_amount", Rupiah(link.TotalAmount));
        json.WriteNumber("account_id", AccountId.ToNumber(link.AccountId));
        json.WriteEndObject();
    }

    private static string Rupiah(long amount) => amount.ToString("D", CultureInfo.InvariantCulture) + ".00";

    private static string? Utc(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
