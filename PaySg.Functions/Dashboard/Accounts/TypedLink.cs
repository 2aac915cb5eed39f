using PaySg.Functions.Platform.Http.Singapay;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.PaymentLinks.V2;

namespace PaySg.Functions.Dashboard.Accounts;

/// <summary>
/// A payment link as an officer types it. It becomes what a merchant would send to version 2.0 of the API, and is checked by the API's own rules. An empty field is one
/// that is not given; in a change it takes away what was there.
/// </summary>
/// <param name="textOf">What was typed into a field, by its name; empty where nothing was.</param>
internal sealed class TypedLink(Func<string, string> textOf)
{
    public const string ReffNo = "reff_no";
    public const string Title = "title";
    public const string Description = "description";
    public const string Amount = "total_amount";
    public const string Locale = "locale";
    public const string Status = "status";
    public const string MaxUsage = "max_usage";
    public const string ExpiredAt = "expired_at";
    public const string AsksCustomer = "required_customer_detail";
    public const string Methods = "whitelisted_payment_method";

    /// <summary>What is said of an amount that is none.</summary>
    public const string AmountExpected = "Enter whole rupiah, digits only, such as 150000.";

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm";
    private const int MostDigits = 18;

    /// <summary>What the API calls a field, and what the form does.</summary>
    private static readonly (string Field, string OfApi, string OfForm)[] Names =
    [
        (ReffNo, "The reff no", "The reference"),
        (Amount, "The total amount", "The amount in rupiah"),
        (ExpiredAt, "The expired at", "The end"),
        ("redirect_url", "The redirect url", "The address where payers go afterwards"),
        ("success_redirect_url", "The success redirect url", "The address after paying"),
        ("expired_redirect_url", "The expired redirect url", "The address once the link has ended"),
        ("customer_name", "The customer name", "The payer’s name"),
        ("customer_email", "The customer email", "The payer’s email"),
        ("customer_phone", "The customer phone", "The payer’s phone"),
    ];

    private static readonly string[] OfNewLinks = [ReffNo, Title, Description, Locale];
    private static readonly string[] Texts = ["customer_name", "customer_email", "customer_phone", "redirect_url", "success_redirect_url", "expired_redirect_url"];

    private bool IsAmount => Typed(Amount) is { Length: > 0 and <= MostDigits } amount && amount.All(char.IsAsciiDigit);

    /// <summary>The name of the box of a method.</summary>
    public static string MethodField(string code) => "method_" + code;

    /// <summary>The fields of a form that shows a link, by their names.</summary>
    public static Func<string, string> FieldsOf(PaymentLink link) => name => name switch
    {
        Status => link.Status.Name(),
        MaxUsage => link.MaxUsage.ToString(CultureInfo.InvariantCulture),
        ExpiredAt => TimeText(link.ExpiredAt),
        AsksCustomer => link.RequiredCustomerDetail ? "1" : "",
        "customer_name" => link.CustomerName ?? "",
        "customer_email" => link.CustomerEmail ?? "",
        "customer_phone" => link.CustomerPhone ?? "",
        "redirect_url" => link.RedirectUrl ?? "",
        "success_redirect_url" => link.SuccessRedirectUrl ?? "",
        "expired_redirect_url" => link.ExpiredRedirectUrl ?? "",
        _ => link.WhitelistedPaymentMethod?.Any(code => name == MethodField(code)) == true ? "1" : "",
    };

    /// <summary>A new link.</summary>
    /// <exception cref="ApiException">422 with every field that is wrong.</exception>
    public PaymentLinkDetails ReadNew(bool isDevelopment, DateTimeOffset now) =>
        PaymentLinkV2Fields.ReadNew(FieldsOf(isDevelopment, json => WriteNew(json)), now);

    /// <summary>A change of a link: all terms that the form has.</summary>
    /// <param name="link">The link that the form showed.</param>
    /// <exception cref="ApiException">422 with every field that is wrong; what it returns may throw the same.</exception>
    public Func<PaymentLinkTerms, PaymentLinkTerms> ReadChange(PaymentLink link, bool isDevelopment, DateTimeOffset now) =>
        PaymentLinkV2Fields.ReadChange(FieldsOf(isDevelopment, json => WriteChange(json, link)), now);

    /// <summary>What is wrong, in the words of the form.</summary>
    public IReadOnlyList<FieldError> InWordsOfOfficers(ApiError error) => [.. error.Fields.Select(field => field switch
    {
        { Field: Amount } when Typed(Amount).Length > 0 && !IsAmount => field with { Message = AmountExpected },
        { Field: Amount } when Typed(Amount).Length == 0 => field with { Message = "The amount is required." },
        { Field: ReffNo } when Typed(ReffNo).Length == 0 => field with { Message = "The reference is required." },
        { Field: MaxUsage } when field.Message.EndsWith("must be an integer.", StringComparison.Ordinal) => field with { Message = "Enter a whole number, digits only, such as 10; 0 is any number of times." },
        { Field: ExpiredAt } when !field.Message.Contains("future", StringComparison.Ordinal) => field with { Message = "Enter a day and a time that there are, such as 2026-12-31 23:59." },
        _ => Names.FirstOrDefault(name => name.Field == field.Field) is { OfApi: { } ofApi } name ? field with { Message = field.Message.Replace(ofApi, name.OfForm, StringComparison.Ordinal) } : field,
    })];

    private static SingapayFields FieldsOf(bool isDevelopment, Action<Utf8JsonWriter> write) => new(
        new RequestFields(JsonElement.Parse(JsonText.Write(json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }))),
        isDevelopment);

    private static string TimeText(DateTimeOffset? time) => time?.ToOffset(JakartaTime.Offset).ToString(TimeForm, CultureInfo.InvariantCulture) ?? "";

    private string Typed(string name) => textOf(name).Trim();

    private void WriteNew(Utf8JsonWriter json)
    {
        foreach (var name in OfNewLinks.Concat(Texts).Append(ExpiredAt).Where(name => Typed(name).Length > 0))
            json.WriteString(name, Typed(name));

        if (IsAmount)
            json.WriteString(Amount, Typed(Amount));

        if (Typed(MaxUsage).Length > 0)
            WriteNumber(json, MaxUsage);

        json.WriteBoolean(AsksCustomer, Typed(AsksCustomer).Length > 0);
        WriteMethods(json);
    }

    private void WriteChange(Utf8JsonWriter json, PaymentLink link)
    {
        foreach (var name in Texts)
            json.WriteString(name, Typed(name) is { Length: > 0 } text ? text : null);

        // A form has minutes, and a link may end at a second, or have ended: what nobody touched stays as it is.
        var end = Typed(ExpiredAt);
        if (end != TimeText(link.ExpiredAt))
            json.WriteString(ExpiredAt, end.Length > 0 ? end : null);

        json.WriteString(Status, Typed(Status));
        WriteNumber(json, MaxUsage);
        json.WriteBoolean(AsksCustomer, Typed(AsksCustomer).Length > 0);
        WriteMethods(json);
    }

    /// <summary>A number where it is one; else the text, which the API refuses.</summary>
    private void WriteNumber(Utf8JsonWriter json, string name)
    {
        if (int.TryParse(Typed(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, Typed(name));
        }
    }

    private void WriteMethods(Utf8JsonWriter json)
    {
        json.WriteStartArray(Methods);
        foreach (var method in PaymentLinkMethods.All.Where(method => Typed(MethodField(method.Code)).Length > 0))
            json.WriteStringValue(method.Code);

        json.WriteEndArray();
    }
}
