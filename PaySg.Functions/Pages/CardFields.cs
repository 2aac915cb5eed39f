using PaySg.Functions.Gateway;
using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The fields of a card, as <see cref="CardForm"/> reads them.</summary>
internal static class CardFields
{
    // 19 digits with a blank, a hyphen and a blank between the groups.
    private const int MaxNumber = 31;

    // "12 / 2030", and a blank after it.
    private const int MaxExpiry = 10;

    /// <summary>The brands with their numbers, from which the script names the card while it is typed.</summary>
    private static readonly string Brands = JsonSerializer.Serialize(CardBrand.All.Select(static brand => new[] { brand.Name, brand.Numbers }));

    /// <summary>The fields. Number and security code are never shown again.</summary>
    /// <param name="say">The words of the fields.</param>
    /// <param name="card">What was typed before.</param>
    /// <param name="errors">What is wrong in the form.</param>
    public static Html Of(FormTexts say, CardForm card, IReadOnlyList<FormError> errors) => Html.Of($"""
        {new FormField(CardForm.Number, say.CardNumber, "cc-number") { Mode = "numeric", MaxLength = MaxNumber, Look = "number", Beside = BrandOf(card) }.Print(say, errors)}
        <div class="pair">
        {new FormField(CardForm.Expiry, say.Expiry, "cc-exp") { Hint = say.ExpiryHint, Mode = "numeric", MaxLength = MaxExpiry, Value = card.ShownExpiry, Look = "short" }.Print(say, errors)}
        {new FormField(CardForm.Code, say.SecurityCode, "cc-csc") { Hint = say.SecurityCodeHint, Mode = "numeric", MaxLength = 4, Look = "short" }.Print(say, errors)}
        </div>
        {new FormField(CardForm.Holder, say.NameOnCard, "cc-name") { MaxLength = 100, Value = card.ShownHolder }.Print(say, errors)}
        """);

    /// <summary>The brand as text. It is shown after an error too, where the number is not.</summary>
    private static Html BrandOf(CardForm card) =>
        Html.Of($"""<output class="brand" id="card_brand" for="{CardForm.Number}" data-brands="{Brands}">{card.ShownBrand}</output>""");
}
