using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>
/// What a payer typed about a card, checked field by field. The number and the security code stay within <see cref="Read"/>: what leaves it is a
/// token that stands for the card, and what is shown again is only what is no secret.
/// </summary>
internal sealed record CardForm
{
    public const string Number = "card_number";
    public const string Expiry = "card_expiry";
    public const string Code = "card_code";
    public const string Holder = "card_name";
    private const int MaxHolder = 100;

    // A year further off is a typing mistake: no card is valid for so long.
    private const int MaxYears = 20;

    /// <summary>The fields that hold what nobody but the gateway may see.</summary>
    private static readonly IReadOnlyList<string> Fields = [Number, Expiry, Code, Holder];

    public static CardForm Blank { get; } = new();

    /// <summary>What the gateway is asked to charge; null where a field is wrong, or only the language is changed.</summary>
    public PaymentMethod? Method { get; private init; }

    /// <summary>What is wrong, in the order of the fields.</summary>
    public IReadOnlyList<FormError> Errors { get; private init; } = [];

    /// <summary>The brand of the card, to be shown again instead of its number; empty where it is not known.</summary>
    public string ShownBrand { get; private init; } = "";

    /// <summary>The expiry date as it was typed, to be shown again; empty where it was no such thing.</summary>
    public string ShownExpiry { get; private init; } = "";

    /// <summary>The name as it was typed, to be shown again.</summary>
    public string ShownHolder { get; private init; } = "";

    /// <summary>A card that somebody types into a page of ours, or into one that only looks like it, goes nowhere where the gateway has a page of its own.</summary>
    /// <param name="cards">Who takes cards; null: nobody does here.</param>
    /// <exception cref="ApiException">400: the form has a field of a card.</exception>
    public static void RefuseWhereNobodyTakesCards(PageForm form, ICardTokens? cards)
    {
        if (cards is null && Fields.FirstOrDefault(form.Has) is { } field)
            throw ApiErrors.InvalidParameter(field, "is not taken here. Card details are entered on the page of the payment provider only.");
    }

    /// <summary>Reads the fields of a form.</summary>
    /// <param name="cards">Who takes the card.</param>
    public static CardForm Read(PageForm form, ICardTokens cards, DateTimeOffset now)
    {
        var errors = new List<FormError>();
        var number = ReadNumber(form[Number], errors);
        var method = number is null ? null : cards.TokenOf(number.Digits);
        if (number is not null && method is null)
            errors.Add(new(Number, say => cards.TakesOnlyTestCards ? say.OnlyTestCards : say.CardNotAccepted));

        var expiry = form[Expiry];
        var isDate = CheckExpiry(expiry, now, errors);
        CheckCode(HalfWidth.Of(form[Code]), method is null ? null : number, errors);
        var holder = form[Holder];
        CheckHolder(holder, errors);
        return new CardForm
        {
            Method = errors.Count == 0 && !form.IsSwitch ? method : null,
            Errors = form.IsUnchecked ? [] : errors,
            ShownBrand = number?.Brand?.Name ?? "",
            ShownExpiry = isDate ? expiry : "",
            ShownHolder = holder.Length <= MaxHolder && !HoldsNumber(holder) ? holder : "",
        };
    }

    private static CardNumber? ReadNumber(string text, List<FormError> errors)
    {
        var number = CardNumber.Parse(text);
        if (number is null)
            errors.Add(new(Number, say => CardNumber.IsMissing(text) ? say.EnterCardNumber : say.NotACardNumber));

        return number;
    }

    private static bool CheckExpiry(string text, DateTimeOffset now, List<FormError> errors)
    {
        if (CardExpiry.Parse(text) is not { } expiry)
        {
            errors.Add(new(Expiry, say => say.EnterExpiry));
            return false;
        }

        switch (expiry.MonthsLeftAt(now))
        {
            case < 0:
                errors.Add(new(Expiry, say => say.CardExpired));
                break;
            case > 12 * MaxYears:
                errors.Add(new(Expiry, say => say.ExpiryTooFar));
                break;
        }

        return true;
    }

    private static void CheckCode(string text, CardNumber? number, List<FormError> errors)
    {
        var isAmex = number?.Brand == CardBrand.Amex;
        if (!text.All(char.IsAsciiDigit) || (number is null ? text.Length is not (3 or 4) : text.Length != (number.Brand?.CodeDigits ?? 3)))
            errors.Add(new(Code, say => isAmex ? say.EnterCodeOnFront : say.EnterCodeOnBack));
    }

    private static void CheckHolder(string text, List<FormError> errors)
    {
        if (text.Length == 0)
        {
            errors.Add(new(Holder, say => say.EnterNameOnCard));
        }
        else if (text.Length > MaxHolder)
        {
            errors.Add(new(Holder, say => say.NameTooLong(MaxHolder.ToString(CultureInfo.InvariantCulture))));
        }
        else if (HoldsNumber(text))
        {
            errors.Add(new(Holder, say => say.NameIsNumber));
        }
    }

    /// <summary>Whether somebody typed a card's number, in digits of any script, into the wrong field, from where it would be shown again.</summary>
    public static bool HoldsNumber(string text) => text.Count(char.IsDigit) >= 8;
}
