using PaySg.Functions.Access;
using PaySg.Functions.Platform.Idempotency;

namespace PaySg.Functions.Management.PaymentServices;

/// <summary>What a request says about a payment service. A field that it does not have stays as it is; null clears it.</summary>
internal sealed class PaymentServiceChange
{
    private const int MaxText = 255;
    private const int MaxAddress = 500;
    private const int MaxPhone = 50;
    private const int MaxGreeting = 2000;
    private const int MaxUrl = 2048;
    private const string GstRegistration = "gst_registration_number";
    private const string StripeAccount = "stripe_account_id";

    private readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);
    private readonly bool changesGst;
    private readonly int? gstRateBasisPoints;

    private PaymentServiceChange(RequestFields fields, bool isNew)
    {
        Read(fields, "name", name => fields.RequiredText(name, MaxText), isNew);
        Read(fields, "agency_name", name => fields.OptionalText(name, MaxText));
        Read(fields, "agency_address", name => fields.OptionalText(name, MaxAddress));
        Read(fields, "support_email", name => fields.OptionalEmail(name, MaxText));
        Read(fields, "support_phone", name => fields.OptionalText(name, MaxPhone));
        Read(fields, "email_greeting", name => fields.OptionalText(name, MaxGreeting));
        Read(fields, "logo_url", name => fields.OptionalHttpsUrl(name, MaxUrl));
        Read(fields, GstRegistration, name => ReadGstRegistration(fields, name));
        Read(fields, StripeAccount, name => ReadStripeAccount(fields, name));
        changesGst = fields.Has("gst_rate_percent");
        gstRateBasisPoints = fields.OptionalPercent("gst_rate_percent");
        fields.ThrowIfInvalid();
    }

    /// <summary>What a new payment service is to be called.</summary>
    public string Name => texts["name"]!;

    /// <summary>The names of the fields that the request has.</summary>
    public string FieldNames => string.Join(", ", changesGst ? texts.Keys.Append("gst_rate_percent") : texts.Keys);

    /// <summary>Reads a request to create a payment service.</summary>
    /// <exception cref="ApiException">400 with every field that is wrong.</exception>
    public static PaymentServiceChange ReadNew(RequestFields fields) => new(fields, isNew: true);

    /// <summary>Reads a request to change a payment service.</summary>
    /// <exception cref="ApiException">400 with every field that is wrong.</exception>
    public static PaymentServiceChange Read(RequestFields fields) => new(fields, isNew: false);

    /// <summary>The payment service as the request wants it.</summary>
    public PaymentService ApplyTo(PaymentService service)
    {
        return service with
        {
            Name = texts.GetValueOrDefault("name", service.Name)!,
            AgencyName = texts.GetValueOrDefault("agency_name", service.AgencyName),
            AgencyAddress = texts.GetValueOrDefault("agency_address", service.AgencyAddress),
            SupportEmail = texts.GetValueOrDefault("support_email", service.SupportEmail),
            SupportPhone = texts.GetValueOrDefault("support_phone", service.SupportPhone),
            EmailGreeting = texts.GetValueOrDefault("email_greeting", service.EmailGreeting),
            LogoUrl = texts.GetValueOrDefault("logo_url", service.LogoUrl),
            GstRegistrationNumber = texts.GetValueOrDefault(GstRegistration, service.GstRegistrationNumber),
            StripeAccountId = texts.GetValueOrDefault(StripeAccount, service.StripeAccountId),
            GstRateBasisPoints = changesGst ? gstRateBasisPoints : service.GstRateBasisPoints,
        };
    }

    /// <summary>Whether the money of payments to come would go elsewhere.</summary>
    public bool MovesMoneyOf(PaymentService service) => texts.TryGetValue(StripeAccount, out var account) && account != service.StripeAccountId;

    /// <summary>Whether the request names the account at Stripe, the same or another.</summary>
    public bool NamesStripeAccount => texts.ContainsKey(StripeAccount);

    /// <summary>What a repetition has in common with the request.</summary>
    public RequestParameters Parameters => RequestParameters.OfForm(JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, text) in texts)
            json.WriteString(name, text);

        if (changesGst)
        {
            json.WritePropertyName("gst_rate_percent");
            json.WriteRawValue(gstRateBasisPoints?.ToString() ?? "null");
        }

        json.WriteEndObject();
    }));

    /// <summary>
    /// A GST registration number. Several forms are in use (a UEN such as <c>200312345A</c>, or one of its own such as <c>M90312345X</c>), so only length and
    /// characters are checked.
    /// </summary>
    private static string? ReadGstRegistration(RequestFields fields, string name)
    {
        const int Least = 8, Most = 12;
        var text = fields.OptionalText(name, MaxText);
        if (text is not null && (text.Length is < Least or > Most || !text.All(char.IsAsciiLetterOrDigit)))
            fields.Wrong(name, $"must be a GST registration number: {Least} to {Most} letters and digits, such as M90312345X.");

        return text;
    }

    /// <summary>A connected account's id: <c>acct_</c> and 16 to 32 letters and digits.</summary>
    private static string? ReadStripeAccount(RequestFields fields, string name)
    {
        const string Prefix = "acct_";
        const int Least = 16, Most = 32;
        var text = fields.OptionalText(name, MaxText);
        if (text is not null && (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length - Prefix.Length is < Least or > Most || !text[Prefix.Length..].All(char.IsAsciiLetterOrDigit)))
            fields.Wrong(name, $"must be the id of a connected account at Stripe: {Prefix} and {Least} to {Most} letters and digits.");

        return text;
    }

    private void Read(RequestFields fields, string name, Func<string, string?> read, bool always = false)
    {
        if (always || fields.Has(name))
            texts.Add(name, read(name));
    }
}
