using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks.V2;

/// <summary>Reads and checks what an owner sends of a payment link by API v2.0, as the community's clients send it.</summary>
internal static class PaymentLinkV2Fields
{
    /// <summary>How long a link runs where the owner does not say.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    private const int MaxDescription = 1000;
    private const int MaxPhone = 30;

    /// <exception cref="ApiException">422 with every field that is wrong.</exception>
    public static PaymentLinkDetails ReadNew(SingapayFields fields, DateTimeOffset now)
    {
        var reffNo = PaymentLinkFields.ReffNo(fields) ?? "";
        var isByItems = fields.OptionalChoice("payment_link_type", "total", "items") == 1;
        var items = isByItems ? PaymentLinkFields.Items(fields) : null;
        var details = new PaymentLinkDetails
        {
            ReffNo = reffNo,
            Title = fields.OptionalText("title", PaymentLinkFields.MaxName) is { } title && !string.IsNullOrWhiteSpace(title) ? title : reffNo,
            Description = fields.OptionalText("description", MaxDescription),
            TotalAmount = isByItems
                ? SumOf(fields, items)
                : fields.RequiredNumber("total_amount", PaymentLinkFields.MinAmount, PaymentLinkFields.MaxAmount)?.Value ?? 0,
            Items = items,
            Locale = PaymentLinkFields.Locale(fields),
            Source = PaymentLinkSource.ApiV2,
            Terms = ReadTerms(fields, now)(new PaymentLinkTerms { MaxUsage = 1, ExpiredAt = now + DefaultLifetime }, false),
        };
        fields.ThrowIfInvalid();
        CheckCustomer(fields, details.Terms);
        return details;
    }

    /// <summary>Reads an update, which changes what it names.</summary>
    /// <exception cref="ApiException">422 with every field that is wrong.</exception>
    public static Func<PaymentLinkTerms, PaymentLinkTerms> ReadChange(SingapayFields fields, DateTimeOffset now)
    {
        var change = ReadTerms(fields, now);
        var status = PaymentLinkFields.Status(fields);
        fields.ThrowIfInvalid();
        return old =>
        {
            var terms = change(old, true) with { Status = status ?? old.Status };
            CheckCustomer(fields, terms);
            return terms;
        };
    }

    /// <summary>What the body says of the terms. The flag tells whether a null ends the link's date: in an update it does, in a create it is as good as nothing said.</summary>
    private static Func<PaymentLinkTerms, bool, PaymentLinkTerms> ReadTerms(SingapayFields fields, DateTimeOffset now)
    {
        var requiredCustomerDetail = fields.OptionalBoolean("required_customer_detail");
        var maxUsage = (int?)fields.OptionalInteger("max_usage", 0, PaymentLinkFields.MaxUsage);
        var expiredAt = FutureDate(fields, now);
        var whitelist = PaymentLinkFields.Whitelist(fields);
        var redirect = PaymentLinkFields.Redirect(fields, "redirect_url");
        var success = PaymentLinkFields.Redirect(fields, "success_redirect_url");
        var expired = PaymentLinkFields.Redirect(fields, "expired_redirect_url");
        var metadata = PaymentLinkFields.Metadata(fields);
        var name = fields.OptionalText("customer_name", PaymentLinkFields.MaxName);
        var email = fields.OptionalEmail("customer_email", PaymentLinkFields.MaxName);
        var phone = fields.OptionalText("customer_phone", MaxPhone);
        return (old, nullEndsDate) => old with
        {
            RequiredCustomerDetail = requiredCustomerDetail ?? old.RequiredCustomerDetail,
            MaxUsage = maxUsage ?? old.MaxUsage,
            ExpiredAt = expiredAt ?? (nullEndsDate && fields.Has("expired_at") ? null : old.ExpiredAt),
            WhitelistedPaymentMethod = fields.Has("whitelisted_payment_method") ? whitelist : old.WhitelistedPaymentMethod,
            RedirectUrl = fields.Has("redirect_url") ? redirect : old.RedirectUrl,
            SuccessRedirectUrl = fields.Has("success_redirect_url") ? success : old.SuccessRedirectUrl,
            ExpiredRedirectUrl = fields.Has("expired_redirect_url") ? expired : old.ExpiredRedirectUrl,
            OptionalMetadata = fields.Has("optional_metadata") ? metadata : old.OptionalMetadata,
            CustomerName = fields.Has("customer_name") ? name : old.CustomerName,
            CustomerEmail = fields.Has("customer_email") ? email : old.CustomerEmail,
            CustomerPhone = fields.Has("customer_phone") ? phone : old.CustomerPhone,
        };
    }

    private static DateTimeOffset? FutureDate(SingapayFields fields, DateTimeOffset now)
    {
        const string Name = "expired_at";
        if (fields.Find(Name) is not { } value)
            return null;

        var date = SingapayDate.OfAnyForm(value);
        if (date is null)
        {
            fields.Wrong(Name, $"The expired at {SingapayDate.AnyFormExpected}");
        }
        else if (date <= now)
        {
            fields.Wrong(Name, "The expired at must be a date in the future.");
        }

        return date;
    }

    private static long SumOf(SingapayFields fields, IReadOnlyList<PaymentLinkItem>? items)
    {
        var sum = items?.Sum(item => item.Subtotal) ?? 0;
        if (fields.IsValid && sum is < PaymentLinkFields.MinAmount or > PaymentLinkFields.MaxAmount)
            fields.Wrong("items", $"The items must add up to {PaymentLinkFields.MinAmount} at least and {PaymentLinkFields.MaxAmount} at most; they add up to {sum}.");

        return sum;
    }

    /// <summary>A link names a payer only where it can be paid once.</summary>
    private static void CheckCustomer(SingapayFields fields, PaymentLinkTerms terms)
    {
        if (terms.MaxUsage == 1)
            return;

        string[] sent = ["customer_name", "customer_email", "customer_phone"];
        var errors = sent.Where(name => fields.Find(name) is not null)
            .Select(name => new FieldError(name, $"The {name.Replace('_', ' ')} is only for links with a max usage of 1."))
            .ToList();
        if (errors.Count > 0)
            throw SingapayErrors.Invalid(errors);
    }
}
