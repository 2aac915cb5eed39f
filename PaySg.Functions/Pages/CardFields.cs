using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Pages;

/// <summary>The fields of a card, as <see cref="CardForm"/> reads them.</summary>
internal static class CardFields
{
    /// <summary>The fields. Number and security code are never shown again.</summary>
    /// <param name="card">What was typed before.</param>
    /// <param name="errors">What is wrong in the form.</param>
    public static Html Of(CardForm card, IReadOnlyList<(string Field, string Message)> errors) => Html.Of($"""
        {new FormField(CardForm.Number, "Card number", "cc-number") { Mode = "numeric", MaxLength = 23, Look = "number" }.Print(errors)}
        <div class="pair">
        {new FormField(CardForm.Expiry, "Expiry date", "cc-exp") { Hint = "Month and year, such as 09/29", Mode = "numeric", MaxLength = 7, Value = card.ShownExpiry, Look = "short" }.Print(errors)}
        {new FormField(CardForm.Code, "Security code", "cc-csc") { Hint = "3 digits on the back, 4 on the front of American Express", Mode = "numeric", MaxLength = 4, Look = "short" }.Print(errors)}
        </div>
        {new FormField(CardForm.Holder, "Name on card", "cc-name") { MaxLength = 100, Value = card.ShownHolder }.Print(errors)}
        """);
}
