using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages.PaymentLinks;

/// <summary>What a payer typed on the page of a payment link: who they are, and their card where they pay by one. Checked field by field, within the limits of the API.</summary>
internal sealed record LinkForm
{
    public const string Name = "customer_name";
    public const string Email = "customer_email";
    public const string Phone = "customer_phone";

    private LinkForm(PaymentLinkMethod method) => Chosen = method;

    /// <summary>The method that the payer chose.</summary>
    public PaymentLinkMethod Chosen { get; }

    /// <summary>Who pays. A text that is wrong is not in it.</summary>
    public LinkCustomer Customer { get; private init; } = LinkCustomer.Unknown;

    /// <summary>What was typed about who pays, to be shown again: wrong texts too, but none that may be a card's number.</summary>
    public LinkCustomer ShownCustomer { get; private init; } = LinkCustomer.Unknown;

    /// <summary>The card, blank for methods that take none.</summary>
    public CardForm Card { get; private init; } = CardForm.Blank;

    /// <summary>What is wrong, in the order of the fields.</summary>
    public IReadOnlyList<FormError> Errors { get; private init; } = [];

    /// <summary>
    /// What the gateway is asked to charge; null where a card is wrong, or only the language is changed. A method without a card is charged by its code.
    /// </summary>
    public PaymentMethod? Method => TakesCard ? Card.Method : IsSwitch ? null : new PaymentMethod(Chosen.Code, "");

    /// <summary>Whether the method takes a card.</summary>
    public bool TakesCard => Chosen.Group == PaymentLinkMethod.Card;

    /// <summary>See <see cref="PageForm.IsSwitch"/>.</summary>
    private bool IsSwitch { get; init; }

    /// <summary>See <see cref="PageForm.IsUnchecked"/>.</summary>
    private bool IsUnchecked { get; init; }

    /// <summary>Nothing typed yet. The payer who is meant by the link is not filled in: whoever knows a <c>reff_no</c> may open the page.</summary>
    public static LinkForm Blank(PaymentLinkMethod method) => new(method);

    /// <summary>Reads the fields of a form. Details of the payer may be missing: whether they are asked for is the link's to say.</summary>
    /// <param name="cards">Who takes cards; null: nobody does, and no method that takes one is offered.</param>
    public static LinkForm Read(PageForm form, PaymentLinkMethod method, ICardTokens? cards, DateTimeOffset now)
    {
        var errors = new List<FormError>();
        var customer = new LinkCustomer(
            Checked(Name, ShownText.OneLine(form[Name]), WhyNoName, errors),
            Checked(Email, HalfWidth.Of(form[Email]), WhyNoEmail, errors),
            Checked(Phone, HalfWidth.Of(form[Phone]), WhyNoPhone, errors));
        var card = method.Group == PaymentLinkMethod.Card && cards is not null ? CardForm.Read(form, cards, now) : CardForm.Blank;
        return new LinkForm(method)
        {
            Customer = customer,
            ShownCustomer = new LinkCustomer(
                Shown(customer.Name, form[Name], LinkCustomer.MaxNameLength),
                Shown(customer.Email, form[Email], LinkCustomer.MaxEmailLength),
                Shown(customer.Phone, form[Phone], LinkCustomer.MaxPhoneLength)),
            Card = card,
            Errors = form.IsUnchecked ? [] : [.. errors, .. card.Errors],
            IsSwitch = form.IsSwitch,
            IsUnchecked = form.IsUnchecked,
        };
    }

    /// <summary>The form, where the link asks who pays: what is missing is wrong.</summary>
    public LinkForm AskingWhoPays()
    {
        if (IsUnchecked)
            return this;

        (string Text, FormError WhereMissing)[] asked =
        [
            (Customer.Name, new(Name, say => say.EnterName)),
            (Customer.Email, new(Email, say => say.EnterEmail)),
            (Customer.Phone, new(Phone, say => say.EnterPhone)),
        ];
        var ofCustomer = asked
            .Select(field => Errors.FirstOrDefault(error => error.Field == field.WhereMissing.Field) ?? (field.Text.Length == 0 ? field.WhereMissing : null))
            .OfType<FormError>();
        return this with { Errors = [.. ofCustomer, .. Card.Errors] };
    }

    private static string Checked(string field, string text, Func<string, Func<FormTexts, string>?> why, List<FormError> errors)
    {
        if (text.Length == 0 || why(text) is not { } message)
            return text;

        errors.Add(new FormError(field, message));
        return "";
    }

    private static string Shown(string good, string typed, int most) => good.Length > 0 || typed.Length > most || CardForm.HoldsNumber(typed) ? good : typed;

    private static Func<FormTexts, string>? WhyNoName(string text) => text switch
    {
        { Length: > LinkCustomer.MaxNameLength } => say => say.NameTooLong(LinkCustomer.MaxNameLength.ToString(CultureInfo.InvariantCulture)),
        _ when CardForm.HoldsNumber(text) => say => say.EnterNameNotNumber,
        _ => null,
    };

    private static Func<FormTexts, string>? WhyNoEmail(string text) =>
        text.Length <= LinkCustomer.MaxEmailLength && EmailAddress.IsValid(text) ? null : say => say.EnterEmailLike;

    private static Func<FormTexts, string>? WhyNoPhone(string text) => LinkCustomer.IsPhone(text) ? null : say => say.EnterPhoneLike;
}
