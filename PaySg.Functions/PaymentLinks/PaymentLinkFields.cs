using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Http.Singapay;

namespace PaySg.Functions.PaymentLinks;

/// <summary>Reads and checks what an owner sends of a payment link by API v1.0, by the rules of Singapay's pages "Create" and "Update".</summary>
internal static class PaymentLinkFields
{
    /// <summary>The longest title, name of an item and name of a customer.</summary>
    public const int MaxName = 255;

    /// <summary>The largest <c>max_usage</c>.</summary>
    public const int MaxUsage = 1_000_000;

    /// <summary>The least amount, in whole rupiah.</summary>
    public const long MinAmount = 10_000;

    /// <summary>The largest amount, and the largest unit price and subtotal whichever their sign, in whole rupiah: 12 digits.</summary>
    public const long MaxAmount = 999_999_999_999;

    /// <summary>How many items a link has at most.</summary>
    public const int MaxItems = 100;

    /// <summary>The longest redirect.</summary>
    public const int MaxUrl = 2048;

    /// <summary>The largest <c>optional_metadata</c>, in bytes of compact JSON.</summary>
    public const int MaxMetadata = 4096;

    /// <exception cref="ApiException">422 with every field that is wrong.</exception>
    public static PaymentLinkDetails ReadNew(SingapayFields fields)
    {
        var details = new PaymentLinkDetails
        {
            ReffNo = ReffNo(fields) ?? "",
            Title = fields.RequiredText("title", MaxName) ?? "",
            TotalAmount = fields.RequiredNumber("total_amount", MinAmount, MaxAmount)?.Value ?? 0,
            Items = Items(fields),
            Locale = Locale(fields),
            Source = PaymentLinkSource.ApiV1,
            Terms = new PaymentLinkTerms
            {
                RequiredCustomerDetail = fields.OptionalBoolean("required_customer_detail") ?? false,
                MaxUsage = (int)(fields.RequiredInteger("max_usage", 1, MaxUsage) ?? 0),
                ExpiredAt = ExpiredAt(fields),
                WhitelistedPaymentMethod = Whitelist(fields),
                RedirectUrl = Redirect(fields, "redirect_url"),
                SuccessRedirectUrl = Redirect(fields, "success_redirect_url"),
                ExpiredRedirectUrl = Redirect(fields, "expired_redirect_url"),
                OptionalMetadata = Metadata(fields),
            },
        };
        if (fields.IsValid && details.Items!.Sum(item => item.Subtotal) is var sum && sum != details.TotalAmount)
            fields.Wrong("total_amount", $"The total amount must equal the sum of the item subtotals, which is {sum}.");

        fields.ThrowIfInvalid();
        return details;
    }

    /// <summary>
    /// Reads an update, which replaces all terms. Only <c>optional_metadata</c>, which the page of the update does not know, stays where it is not named,
    /// and so does the payer who is meant, whom API v1.0 does not know.
    /// </summary>
    /// <exception cref="ApiException">422 with every field that is wrong.</exception>
    public static Func<PaymentLinkTerms, PaymentLinkTerms> ReadReplacement(SingapayFields fields)
    {
        var namesMetadata = fields.Has("optional_metadata");
        var metadata = Metadata(fields);
        var terms = new PaymentLinkTerms
        {
            RequiredCustomerDetail = fields.RequiredBoolean("required_customer_detail") ?? false,
            MaxUsage = (int)(fields.RequiredInteger("max_usage", 1, MaxUsage) ?? 0),
            ExpiredAt = ExpiredAt(fields),
            Status = fields.Requires("status") ? Status(fields) ?? default : default,
            WhitelistedPaymentMethod = Whitelist(fields),
            RedirectUrl = Redirect(fields, "redirect_url"),
            SuccessRedirectUrl = Redirect(fields, "success_redirect_url"),
            ExpiredRedirectUrl = Redirect(fields, "expired_redirect_url"),
        };
        fields.ThrowIfInvalid();
        return old => terms with
        {
            OptionalMetadata = namesMetadata ? metadata : old.OptionalMetadata,
            CustomerName = old.CustomerName,
            CustomerEmail = old.CustomerEmail,
            CustomerPhone = old.CustomerPhone,
        };
    }

    /// <summary>The reference (<see cref="PaymentLinkReffNo"/>).</summary>
    public static string? ReffNo(SingapayFields fields)
    {
        const string Name = "reff_no";
        var text = fields.RequiredText(Name, PaymentLinkReffNo.MaxLength);
        if (text is null || PaymentLinkReffNo.IsValid(text))
            return text;

        fields.Wrong(Name, "The reff no must only contain letters, numbers and the characters . _ ~ : -");
        return null;
    }

    /// <summary>The language that payers are asked in; null where it is not said. An addition of ours.</summary>
    public static string? Locale(SingapayFields fields)
    {
        var tags = Language.OfLinks.Select(language => language.Tag).ToArray();
        return fields.OptionalChoice("locale", tags) is { } choice ? tags[choice] : null;
    }

    /// <summary>The items of the body, which must be there.</summary>
    public static IReadOnlyList<PaymentLinkItem>? Items(SingapayFields fields) =>
        fields.RequiredObjects("items", MaxItems) is { } items ? [.. items.Select(Item)] : null;

    /// <summary>What the owner sets the link to; null where it is not said.</summary>
    public static PaymentLinkStatus? Status(SingapayFields fields) => fields.OptionalChoice("status", "open", "closed", "expired") switch
    {
        0 => PaymentLinkStatus.Open,
        1 => PaymentLinkStatus.Closed,
        2 => PaymentLinkStatus.Expired,
        _ => null,
    };

    /// <summary>Known codes, each once; null, which an empty list is as good as: all methods.</summary>
    public static IReadOnlyList<string>? Whitelist(SingapayFields fields)
    {
        const string Name = "whitelisted_payment_method";
        if (fields.OptionalTexts(Name) is not { Count: > 0 } codes)
            return null;

        if (codes.Any(code => PaymentLinkMethods.Find(code) is null))
        {
            fields.Wrong(Name, "The selected whitelisted payment method is invalid. Codes are those of payment-methods, in their case.");
            return null;
        }

        return [.. codes.Distinct()];
    }

    /// <summary>One of the redirects, or null.</summary>
    public static string? Redirect(SingapayFields fields, string name) => fields.OptionalUrl(name, MaxUrl);

    /// <summary>The owner's own object, or null.</summary>
    public static string? Metadata(SingapayFields fields) => fields.OptionalObject("optional_metadata", MaxMetadata);

    private static DateTimeOffset? ExpiredAt(SingapayFields fields)
    {
        const string Name = "expired_at";
        if (fields.Find(Name) is not { } value)
            return null;

        var time = SingapayDate.OfMilliseconds(value);
        if (time is null)
            fields.Wrong(Name, $"The expired at {SingapayDate.MillisecondsExpected}");

        return time;
    }

    private static PaymentLinkItem Item(SingapayFields fields)
    {
        var item = new PaymentLinkItem(
            fields.RequiredText("name", MaxName) ?? "",
            fields.RequiredNumber("quantity", 1, PaymentLinkItem.MaxQuantity) ?? default,
            fields.RequiredNumber("unit_price", -MaxAmount, MaxAmount) ?? default);
        if (item.Subtotal is < -MaxAmount or > MaxAmount)
            fields.Wrong("unit_price", $"The unit price times the quantity must be from -{MaxAmount} to {MaxAmount}.");

        return item;
    }
}
