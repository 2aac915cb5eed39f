using System.Text.Json.Nodes;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Why an attempt to pay failed.</summary>
/// <param name="Type">The error's type.</param>
/// <param name="Code">The error's code.</param>
/// <param name="DeclineCode">The issuer's reason; null where the code says it, or no issuer was asked.</param>
public sealed record StripeFailure(string Type, string Code, string? DeclineCode, string Message)
{
    public static readonly StripeFailure PayNowExpired =
        new("invalid_request_error", "payment_intent_payment_attempt_expired", DeclineCode: null, "The payment attempt has expired. Provide a new payment method to attempt to fulfill this PaymentIntent again.");

    public static readonly StripeFailure PayNowFailed =
        new("invalid_request_error", "payment_intent_payment_attempt_failed", DeclineCode: null, "The payment failed. Provide a new payment method to attempt to fulfill this PaymentIntent again.");

    /// <summary>A card declined with an issuer's code (<c>insufficient_funds</c>), or one of the codes that are errors themselves (<c>expired_card</c>).</summary>
    public static StripeFailure OfCard(string code) => code switch
    {
        "expired_card" => new("card_error", code, DeclineCode: null, "Your card has expired."),
        "incorrect_cvc" => new("card_error", code, DeclineCode: null, "Your card's security code is incorrect."),
        "processing_error" => new("card_error", code, DeclineCode: null, "An error occurred while processing your card. Try again in a little bit."),
        "insufficient_funds" => new("card_error", "card_declined", code, "Your card has insufficient funds."),
        _ => new("card_error", "card_declined", code, "Your card was declined."),
    };

    public JsonObject ToJson(string? charge)
    {
        var json = new JsonObject
        {
            ["code"] = Code,
            ["doc_url"] = $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}",
            ["message"] = Message,
            ["type"] = Type,
        };
        if (charge is not null)
            json["charge"] = charge;
        if (DeclineCode is not null)
            json["decline_code"] = DeclineCode;
        return json;
    }
}
