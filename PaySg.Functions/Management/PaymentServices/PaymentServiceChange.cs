using PaySg.Functions.Access;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;

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
    private const string LogoAddress = "logo_url";
    private const string GstRate = "gst_rate_percent";
    private const string LogoExample = "https://www.agency.gov.sg/logo.png";

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
        Read(fields, LogoAddress, name => fields.OptionalText(name, MaxUrl));
        Read(fields, GstRegistration, name => ReadGstRegistration(fields, name));
        Read(fields, StripeAccount, name => ReadStripeAccount(fields, name));
        changesGst = fields.Has(GstRate);
        gstRateBasisPoints = fields.OptionalPercent(GstRate);
    }

    /// <summary>What a new payment service is to be called.</summary>
    public string Name => texts["name"]!;

    /// <summary>The names of the fields that the request has.</summary>
    public string FieldNames => string.Join(", ", changesGst ? texts.Keys.Append(GstRate) : texts.Keys);

    /// <summary>Reads a request to create a payment service, or to change one.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <param name="isNew">Whether the payment service is new: then its name must be there.</param>
    /// <param name="egress">From where a logo may be fetched.</param>
    /// <param name="cancellationToken">Ends the look-up of the logo's host.</param>
    /// <exception cref="ApiException">400 with every field that is wrong.</exception>
    public static async Task<PaymentServiceChange> ReadAsync(RequestFields fields, bool isNew, EgressPolicy egress, CancellationToken cancellationToken)
    {
        var change = new PaymentServiceChange(fields, isNew);
        if (change.LogoUrl is { } url && await egress.WhyNotReachableAsync(url, LogoExample, cancellationToken) is { } why)
            fields.Wrong(LogoAddress, why);

        fields.ThrowIfInvalid();
        return change;
    }

    /// <summary>Whether the request sets another logo, the same one again, or none.</summary>
    public bool ChangesLogo => texts.ContainsKey(LogoAddress);

    /// <summary>From where the logo is to be fetched; null: there is to be none, or the request does not say.</summary>
    public string? LogoUrl => texts.GetValueOrDefault(LogoAddress);

    /// <summary>The payment service as the request wants it.</summary>
    /// <param name="logoPath">Where the logo of the request is found; null: it names none.</param>
    public PaymentService ApplyTo(PaymentService service, string? logoPath)
    {
        return service with
        {
            Name = texts.GetValueOrDefault("name", service.Name)!,
            AgencyName = texts.GetValueOrDefault("agency_name", service.AgencyName),
            AgencyAddress = texts.GetValueOrDefault("agency_address", service.AgencyAddress),
            SupportEmail = texts.GetValueOrDefault("support_email", service.SupportEmail),
            SupportPhone = texts.GetValueOrDefault("support_phone", service.SupportPhone),
            EmailGreeting = texts.GetValueOrDefault("email_greeting", service.EmailGreeting),
            LogoUrl = texts.GetValueOrDefault(LogoAddress, service.LogoUrl),
            LogoPath = ChangesLogo ? logoPath : service.LogoPath,
            GstRegistrationNumber = texts.GetValueOrDefault(GstRegistration, service.GstRegistrationNumber),
            StripeAccountId = texts.GetValueOrDefault(StripeAccount, service.StripeAccountId),
            GstRateBasisPoints = changesGst ? gstRateBasisPoints : service.GstRateBasisPoints,
        };
    }

    /// <summary>What is different, by the names of the API.</summary>
    /// <param name="before">Null: the payment service is new.</param>
    public static AuditChange[] Between(PaymentService? before, PaymentService after) => AuditChange.Between(
        ("name", before?.Name, after.Name),
        ("agency_name", before?.AgencyName, after.AgencyName),
        ("agency_address", before?.AgencyAddress, after.AgencyAddress),
        ("support_email", before?.SupportEmail, after.SupportEmail),
        ("support_phone", before?.SupportPhone, after.SupportPhone),
        ("email_greeting", before?.EmailGreeting, after.EmailGreeting),
        (LogoAddress, AuditChange.WithoutQuery(before?.LogoUrl), AuditChange.WithoutQuery(after.LogoUrl)),
        ("logo", before?.LogoPath, after.LogoPath),
        (GstRate, PercentOf(before?.GstRateBasisPoints), PercentOf(after.GstRateBasisPoints)),
        (GstRegistration, before?.GstRegistrationNumber, after.GstRegistrationNumber),
        (StripeAccount, before?.StripeAccountId, after.StripeAccountId));

    /// <summary>Such as <c>9</c> or <c>8.5</c>; null: no rate is stated.</summary>
    public static string? PercentOf(int? basisPoints) => (basisPoints / 100m)?.ToString("0.##", CultureInfo.InvariantCulture);

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
            json.WritePropertyName(GstRate);
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
