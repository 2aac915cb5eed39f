using PaySg.Functions.Access;
using PaySg.Functions.Dashboard.Payments;
using PaySg.Functions.Management.PaymentServices;

namespace PaySg.Functions.Dashboard.Settings;

/// <summary>
/// The settings of a payment service as an officer types them. They become what the operator would send to the management API, and are checked by its rules. The
/// logo goes with them only where another address was typed: it is fetched anew each time.
/// </summary>
internal static class TypedSettings
{
    public const string GstNumber = "gst_registration_number";
    public const string Rate = "gst_rate_percent";
    public const string Logo = "logo_url";
    public const string Greeting = "email_greeting";
    public const string Address = "agency_address";

    /// <summary>The address of the logo that the form was shown with.</summary>
    public const string ShownLogo = "shown_logo_url";

    /// <summary>The fields, in the order of the form.</summary>
    public static IReadOnlyList<TypedField> Fields { get; } =
    [
        new("name", "Name of the payment service", 255, IsRequired: true),
        new("agency_name", "Agency", 255),
        new(Address, "Address of the agency", 500),
        new(GstNumber, "GST registration number", 12),
        new(Rate, "GST rate in percent", 6),
        new(Logo, "Address of the logo", 2048),
        new(Greeting, "Greeting in emails", 2000),
        new("support_email", "Email address for help", 255),
        new("support_phone", "Phone number for help", 50),
    ];

    /// <summary>What a field of the payment service holds, as it is typed.</summary>
    public static string TextOf(PaymentService service, string field) => field switch
    {
        "name" => service.Name,
        "agency_name" => service.AgencyName,
        Address => service.AgencyAddress,
        GstNumber => service.GstRegistrationNumber,
        Rate => PaymentServiceChange.PercentOf(service.GstRateBasisPoints),
        Logo or ShownLogo => service.LogoUrl,
        Greeting => service.EmailGreeting,
        "support_email" => service.SupportEmail,
        "support_phone" => service.SupportPhone,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "is no field of the settings."),
    } ?? "";

    /// <summary>What the operator would send. An empty field is cleared.</summary>
    /// <param name="textOf">What was typed into a field, by its name.</param>
    public static byte[] Json(Func<string, string> textOf) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var field in Fields)
        {
            // Browsers end lines with CR LF.
            var text = textOf(field.Name).Trim().ReplaceLineEndings("\n");
            if (field.Name == Logo && text == textOf(ShownLogo).Trim())
                continue;

            if (text.Length == 0)
            {
                json.WriteNull(field.Name);
            }
            else if (field.Name == Rate && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate))
            {
                json.WriteNumber(field.Name, rate);
            }
            else
            {
                json.WriteString(field.Name, text);
            }
        }

        json.WriteEndObject();
    });

    /// <summary>What is wrong with a field, in the words of the form.</summary>
    public static FieldError InWordsOfOfficers(FieldError error) => error.Field switch
    {
        Rate => error with { Message = "must be a number from 0 to 100 with at most two decimals, such as 9 or 8.5." },
        GstNumber when error.Message.StartsWith("must be a GST", StringComparison.Ordinal) => error with { Message = "must be 8 to 12 letters and digits, such as M90312345X." },
        _ when error.Message.StartsWith("is required", StringComparison.Ordinal) => error with { Message = "is required." },
        _ => error,
    };

    /// <summary>What a field is called; the name of the API where it is not in the form.</summary>
    public static string LabelOf(string field) => Fields.FirstOrDefault(candidate => candidate.Name == field)?.Label ?? field;
}
