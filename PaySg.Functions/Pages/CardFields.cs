using PaySg.Functions.Languages;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The fields of a card, as <see cref="CardForm"/> reads them.</summary>
internal static class CardFields
{
    /// <summary>The fields. Number and security code are never shown again.</summary>
    /// <param name="say">The words of the fields.</param>
    /// <param name="card">What was typed before.</param>
    /// <param name="errors">What is wrong in the form.</param>
    public static Html Of(FormTexts say, CardForm card, IReadOnlyList<FormError> errors) => Html.Of($"""
        {new FormField(CardForm.Number, say.CardNumber, "cc-number") { Mode = "numeric", MaxLength = 23, Look = "number" }.Print(say, errors)}
        <div class="pair">
        {new FormField(CardForm.Expiry, say.Expiry, "cc-exp") { Hint = say.ExpiryHint, Mode = "numeric", MaxLength = 7, Value = card.ShownExpiry, Look = "short" }.Print(say, errors)}
        {new FormField(CardForm.Code, say.SecurityCode, "cc-csc") { Hint = say.SecurityCodeHint, Mode = "numeric", MaxLength = 4, Look = "short" }.Print(say, errors)}
        </div>
        {new FormField(CardForm.Holder, say.NameOnCard, "cc-name") { MaxLength = 100, Value = card.ShownHolder }.Print(say, errors)}
        """);
}
