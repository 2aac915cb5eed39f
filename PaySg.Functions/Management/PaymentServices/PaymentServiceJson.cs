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
        json.WritePropertyName("gst_rate_percent");
        if (service.GstRateBasisPoints is { } hundredths)
        {
            // Prints 9, 9.5 or 9.25: a decimal, exact, without zeros at the end.
            json.WriteNumberValue(hundredths / 100m);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteString("gst_registration_number", service.GstRegistrationNumber);
        json.WriteString("stripe_account_id", service.StripeAccountId);
        json.WriteString("created_at", SingaporeTime.Format(service.CreatedAt));
        json.WriteString("updated_at", SingaporeTime.Format(service.UpdatedAt));
        json.WriteEndObject();
    }
}
