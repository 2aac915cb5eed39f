using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks.Histories;

/// <summary>Prints a history: Singapay's row of one payer's attempt.</summary>
internal static class HistoryJson
{
    /// <summary>The object's UTF-8 bytes.</summary>
    public static byte[] Print(LinkAttempt attempt, DateTimeOffset now) => JsonText.Write(json => Write(json, attempt, now));

    /// <summary>Writes the object as it is at a moment.</summary>
    public static void Write(Utf8JsonWriter json, LinkAttempt attempt, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("id", attempt.Id);
        json.WriteString("reff_no", attempt.ReffNo);
        json.WriteString("payment_link_reff_no", attempt.PaymentLinkReffNo);
        json.WriteString("payment_method_name", attempt.MethodName);
        json.WriteString("payment_method_value", attempt.MethodValue);
        json.WriteNull("payment_method_additional");
        WriteTime(json, "expired_at", attempt.ExpiredAt);
        json.WriteString("amount", Rupiah(attempt.Amount));
        WriteTime(json, "payment_date", attempt.PaidAt);

        // No balance stands between payer and account: there is none to tell, and what is paid is settled.
        json.WriteNull("balance_after");
        json.WriteString("status", HistoryStatus.Stored(attempt));
        json.WriteString("status_computed", HistoryStatus.ComputedAt(attempt, now));
        json.WriteBoolean("is_expired", attempt.IsExpiredAt(now));
        json.WriteString("customer_name", attempt.Customer.Name);
        json.WriteString("customer_email", attempt.Customer.Email);
        json.WriteString("customer_phone", attempt.Customer.Phone);

        // Where payers sit is not recorded.
        json.WriteString("ip_address", "");
        json.WriteStartObject("locations");
        json.WriteEndObject();
        WriteTime(json, "processed_timestamp", attempt.PaidAt);
        json.WriteBoolean("has_settle", IsSettled(attempt));
        WriteTime(json, "settle_at", attempt.PaidAt);
        json.WritePropertyName("optional_metadata");
        json.WriteRawValue(attempt.OptionalMetadata ?? "null");
        WriteTime(json, "created_at", attempt.CreatedAt);
        WriteTime(json, "updated_at", attempt.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>Whether the money is the account's: as soon as it is paid.</summary>
    public static bool IsSettled(LinkAttempt attempt) => attempt.Status == ChargeAttemptStatus.Succeeded;

    private static string Rupiah(long amount) => amount.ToString("D", CultureInfo.InvariantCulture) + ".00";

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time is { } known ? JakartaTime.Format(known) : null);
}
