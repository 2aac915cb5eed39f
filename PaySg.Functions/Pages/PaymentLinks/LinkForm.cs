using PaySg.Functions.Gateway;
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

    /// <summary>The card, blank for methods that take none.</summary>
    public CardForm Card { get; private init; } = CardForm.Blank;

    /// <summary>What is wrong, in the order of the fields: the field's name and what to do.</summary>
    public IReadOnlyList<(string Field, string Message)> Errors { get; private init; } = [];

    /// <summary>What the gateway is asked to charge; null where a card is wrong. A method without a card is charged by its code.</summary>
    public PaymentMethod? Method => TakesCard ? Card.Method : new PaymentMethod(Chosen.Code, "");

    /// <summary>Whether the method takes a card.</summary>
    public bool TakesCard => Chosen.Group == PaymentLinkMethod.Card;

    /// <summary>Nothing typed yet. The payer who is meant by the link is not filled in: whoever knows a <c>reff_no</c> may open the page.</summary>
    public static LinkForm Blank(PaymentLinkMethod method) => new(method);

    /// <summary>Reads the fields of a form. Details of the payer may be missing: whether they are asked for is the link's to say.</summary>
    /// <param name="cards">Who takes cards; null: nobody does, and no method that takes one is offered.</param>
    public static LinkForm Read(PageForm form, PaymentLinkMethod method, ICardTokens? cards, DateTimeOffset now)
    {
        var errors = new List<(string Field, string Message)>();
        var customer = new LinkCustomer(
            Checked(Name, ShownText.OneLine(form[Name]), WhyNoName, errors),
            Checked(Email, form[Email], WhyNoEmail, errors),
            Checked(Phone, form[Phone], WhyNoPhone, errors));
        var card = method.Group == PaymentLinkMethod.Card && cards is not null ? CardForm.Read(form, cards, now) : CardForm.Blank;
        return new LinkForm(method) { Customer = customer, Card = card, Errors = [.. errors, .. card.Errors] };
    }

    /// <summary>The form, where the link asks who pays: what is missing is wrong.</summary>
    public LinkForm AskingWhoPays()
    {
        (string Field, string Text, string Message)[] asked =
        [
            (Name, Customer.Name, "Enter your name."),
            (Email, Customer.Email, "Enter your e-mail address."),
            (Phone, Customer.Phone, "Enter your phone number."),
        ];
        var ofCustomer = asked
            .Select(field => (field.Field, Errors.FirstOrDefault(error => error.Field == field.Field).Message ?? (field.Text.Length == 0 ? field.Message : null)))
            .Where(error => error.Item2 is not null)
            .Select(error => (error.Field, error.Item2!));
        return this with { Errors = [.. ofCustomer, .. Card.Errors] };
    }

    private static string Checked(string field, string text, Func<string, string?> why, List<(string Field, string Message)> errors)
    {
        if (text.Length == 0 || why(text) is not { } message)
            return text;

        errors.Add((field, message));
        return "";
    }

    private static string? WhyNoName(string text) => text switch
    {
        { Length: > LinkCustomer.MaxNameLength } => $"The name is too long. Enter at most {LinkCustomer.MaxNameLength} characters.",
        _ when CardForm.HoldsNumber(text) => "Enter your name, not a number.",
        _ => null,
    };

    private static string? WhyNoEmail(string text) =>
        text.Length <= LinkCustomer.MaxEmailLength && EmailAddress.IsValid(text) ? null : "Enter an e-mail address, such as siti@example.com.";

    private static string? WhyNoPhone(string text) => LinkCustomer.IsPhone(text) ? null : "Enter a phone number, such as 081234567890.";
}
