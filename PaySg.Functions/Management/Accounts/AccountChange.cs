using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Access.Audit;
using PaySg.Functions.Platform.Idempotency;
using PaySg.Functions.Webhooks.Egress;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Management.Accounts;

/// <summary>What a request says about an account. A field that it does not have stays as it is.</summary>
internal sealed class AccountChange
{
    private const int MaxText = 255;
    private const int MaxPhone = 50;
    private const int MaxLogoUrl = 2048;
    private const string UrlField = "transaction_notif_url";
    private const string LogoField = "logo_url";
    private const string LogoExample = "https://shop.example.com/logo.png";
    private const string Active = "active";
    private const string Inactive = "inactive";

    private readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);

    private AccountChange()
    {
    }

    /// <summary>Whether the request says where the account wants to hear of paid links.</summary>
    public bool ChangesUrl => texts.ContainsKey(UrlField);

    /// <summary>Where the account wants to hear of paid links; null: nowhere, or the request does not say.</summary>
    public string? Url => texts.GetValueOrDefault(UrlField);

    /// <summary>From where the logo is to be fetched; null: there is to be none, or the request does not say.</summary>
    public string? LogoUrl => texts.GetValueOrDefault(LogoField);

    /// <summary>The names of the fields that the request has.</summary>
    public string FieldNames => string.Join(", ", texts.Keys);

    /// <summary>Reads a request to create an account, or to change one.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <param name="isNew">Whether the account is new: then its name, e-mail address and phone number must be there, and it is active.</param>
    /// <param name="egress">Where webhooks may go, and from where a logo may be fetched.</param>
    /// <param name="cancellationToken">Ends the look-up of the URLs' hosts.</param>
    /// <exception cref="ApiException">400 with every field that is wrong.</exception>
    public static async Task<AccountChange> ReadAsync(RequestFields fields, bool isNew, EgressPolicy egress, CancellationToken cancellationToken)
    {
        var change = new AccountChange();
        change.Read(fields, "name", isNew, name => fields.RequiredText(name, MaxText));
        change.Read(fields, "email", isNew, name => fields.RequiredText(name, MaxText) is null ? null : fields.OptionalEmail(name, MaxText));
        change.Read(fields, "phone", isNew, name => fields.RequiredText(name, MaxPhone));
        change.Read(fields, UrlField, always: false, name => fields.OptionalText(name, WebhookEndpointFields.LongestUrl));
        change.Read(fields, LogoField, always: false, name => fields.OptionalText(name, MaxLogoUrl));
        if (!isNew)
            change.Read(fields, "status", always: false, name => ReadStatus(fields, name));

        if (change.Url is { } url && await egress.WhyNotRegistrableAsync(url, cancellationToken) is { } why)
            fields.Wrong(UrlField, why);

        if (change.LogoUrl is { } logo && await egress.WhyNotReachableAsync(logo, LogoExample, cancellationToken) is { } whyNot)
            fields.Wrong(LogoField, whyNot);

        fields.ThrowIfInvalid();
        return change;
    }

    public static string NameOf(AccountStatus status) => status == AccountStatus.Active ? Active : Inactive;

    /// <summary>The account that the request creates.</summary>
    /// <param name="logoPath">Where the logo of the request is found; null: it names none.</param>
    public Account NewAccount(string id, string? logoPath, DateTimeOffset now) =>
        ApplyTo(new Account { Id = id, Name = texts["name"]!, Email = texts["email"]!, Phone = texts["phone"]!, CreatedAt = now, UpdatedAt = now }, logoPath);

    /// <summary>The account as the request wants it.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="logoPath">Where the logo of the request is found; null: it names none.</param>
    public Account ApplyTo(Account account, string? logoPath)
    {
        return account with
        {
            Name = texts.GetValueOrDefault("name", account.Name)!,
            Email = texts.GetValueOrDefault("email", account.Email)!,
            Phone = texts.GetValueOrDefault("phone", account.Phone)!,
            TransactionNotifUrl = ChangesUrl ? Url : account.TransactionNotifUrl,
            LogoUrl = texts.GetValueOrDefault(LogoField, account.LogoUrl),
            LogoPath = texts.ContainsKey(LogoField) ? logoPath : account.LogoPath,
            Status = texts.TryGetValue("status", out var status)
                ? status == Active ? AccountStatus.Active : AccountStatus.Inactive
                : account.Status,
        };
    }

    /// <summary>What is different, by the names of the API.</summary>
    /// <param name="before">Null: the account is new.</param>
    public static AuditChange[] Between(Account? before, Account after) => AuditChange.Between(
        ("name", before?.Name, after.Name),
        ("email", before?.Email, after.Email),
        ("phone", before?.Phone, after.Phone),
        (UrlField, AuditChange.WithoutQuery(before?.TransactionNotifUrl), AuditChange.WithoutQuery(after.TransactionNotifUrl)),
        (LogoField, AuditChange.WithoutQuery(before?.LogoUrl), AuditChange.WithoutQuery(after.LogoUrl)),
        ("logo", before?.LogoPath, after.LogoPath),
        ("status", before is null ? null : NameOf(before.Status), NameOf(after.Status)));

    /// <summary>What a repetition has in common with the request.</summary>
    public RequestParameters Parameters => RequestParameters.OfForm(JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, text) in texts)
            json.WriteString(name, text);

        json.WriteEndObject();
    }));

    private static string? ReadStatus(RequestFields fields, string name)
    {
        var wrong = fields.Errors.Count;
        var status = fields.OptionalText(name, MaxText);
        return fields.Errors.Count > wrong || status is Active or Inactive ? status : fields.Wrong(name, $"must be {Active} or {Inactive}.");
    }

    private void Read(RequestFields fields, string name, bool always, Func<string, string?> read)
    {
        if (always || fields.Has(name))
            texts.Add(name, read(name));
    }
}
