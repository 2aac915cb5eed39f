namespace PaySg.Functions.Pages;

/// <summary>Why nothing was charged, in the words of a payer. Gateways name more reasons than these.</summary>
internal static class DeclineText
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["card_declined"] = "Your bank declined the card. It does not tell us why: ask your bank, or pay another way.",
        ["insufficient_funds"] = "There is not enough money on the card’s account. Use another card, or pay another way.",
        ["expired_card"] = "The card has expired. Use another card, or pay another way.",
        ["incorrect_cvc"] = "The security code was wrong. Try again with the digits on your card.",
    };

    /// <summary>What is said of a reason; of an unknown one, what is true of all.</summary>
    public static string Of(string? reason) =>
        Texts.GetValueOrDefault(reason ?? "", "The payment was not completed. You can try again, or pay another way.");
}
