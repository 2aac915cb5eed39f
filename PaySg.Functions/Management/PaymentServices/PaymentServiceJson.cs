using PaySg.Functions.Access;

namespace PaySg.Functions.Management.PaymentServices;

internal static class PaymentServiceJson
{
    public static byte[] Print(PaymentService service) => JsonText.Write(json => Write(json, service));

    /// <summary>One payment service, into a larger whole.</summary>
    public static void Write(Utf8JsonWriter json, PaymentService service)
    {
        json.WriteStartObject();
        json.WriteString("id", service.Id);
        json.WriteString("name", service.Name);
        json.WriteString("agency_name", service.AgencyName);
        json.WriteString("agency_address", service.AgencyAddress);
        json.WriteString("support_email", service.SupportEmail);
        json.WriteString("support_phone", service.SupportPhone);
        json.WriteString("email_greeting", service.EmailGreeting);
        json.WriteString("logo_url", service.LogoUrl);
        json.WriteHundredthsOrNull("gst_rate_percent", service.GstRateBasisPoints);
        json.WriteString("gst_registration_number", service.GstRegistrationNumber);
        json.WriteString("stripe_account_id", service.StripeAccountId);
        json.WriteSingaporeTime("created_at", service.CreatedAt);
        json.WriteSingaporeTime("updated_at", service.UpdatedAt);
        json.WriteEndObject();
    }
}
