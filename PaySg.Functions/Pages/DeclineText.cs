using PaySg.Functions.Languages;

namespace PaySg.Functions.Pages;

/// <summary>Why nothing was charged, in the words of a payer. Gateways name more reasons than these.</summary>
internal static class DeclineText
{
    /// <summary>What is said of a reason; of an unknown one, what is true of all.</summary>
    public static string Of(DeclineTexts say, string? reason) => reason switch
    {
        "card_declined" => say.Declined,
        "insufficient_funds" => say.InsufficientFunds,
        "expired_card" => say.Expired,
        "incorrect_cvc" => say.WrongCode,
        _ => say.Other,
    };
}
