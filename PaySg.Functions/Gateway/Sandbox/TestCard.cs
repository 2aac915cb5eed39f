namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>A card of test mode: Stripe's well-known numbers, which belong to nobody. A card's number never gets further than to <see cref="Find"/>.</summary>
/// <param name="Number">Digits only.</param>
/// <param name="Token">What stands for it at the gateway.</param>
/// <param name="Outcome">What becomes of a charge.</param>
/// <param name="Meaning">What the card is for.</param>
/// <param name="RefusesRefunds">Whether what it was charged can never be refunded.</param>
internal sealed record TestCard(string Number, string Token, ChargeOutcome Outcome, string Meaning, bool RefusesRefunds = false)
{
    /// <summary>The token of the card whose refunds are refused.</summary>
    public const string RefundsRefused = "tok_refunds_refused";

    public static readonly IReadOnlyList<TestCard> All =
    [
        new("4242424242424242", "tok_visa", new(ChargeState.Succeeded), "Visa: the payment succeeds"),
        new("5555555555554444", "tok_mastercard", new(ChargeState.Succeeded), "Mastercard: the payment succeeds"),
        new("378282246310005", "tok_amex", new(ChargeState.Succeeded), "American Express: the payment succeeds"),
        new("4000000000000002", "tok_declined", new(ChargeState.Declined, "card_declined"), "The bank declines"),
        new("4000000000009995", "tok_insufficient_funds", new(ChargeState.Declined, "insufficient_funds"), "Insufficient funds"),
        new("4000000000000069", "tok_expired", new(ChargeState.Declined, "expired_card"), "The card has expired"),
        new("4000000000000127", "tok_incorrect_cvc", new(ChargeState.Declined, "incorrect_cvc"), "The security code is wrong"),
        new("4000000000003220", "tok_slow", new(ChargeState.Pending), "Slow: the bank asks the payer first"),
        new("4000000000005126", RefundsRefused, new(ChargeState.Succeeded), "The payment succeeds, and each refund is refused", RefusesRefunds: true),
    ];

    /// <summary>The card of a number; null: no test card.</summary>
    public static TestCard? Find(string number) => All.FirstOrDefault(card => card.Number == number);

    /// <summary>What becomes of a charge of the card that the token stands for; null: there is none.</summary>
    public static ChargeOutcome? OutcomeOf(string token) => ByToken(token)?.Outcome;

    /// <summary>What a receipt may say of the card that the token stands for; null: there is none.</summary>
    public static ChargedCard? ShownOf(string token) => ByToken(token) is { } card ? ChargedCard.Of(CardBrand.OfNumber(card.Number)?.Code, card.Number[^4..]) : null;

    /// <summary>Whether a charge of the card that the token stands for can never be refunded.</summary>
    public static bool RefusesRefundsOf(string token) => ByToken(token)?.RefusesRefunds == true;

    private static TestCard? ByToken(string token) => All.FirstOrDefault(card => card.Token == token);

    /// <summary>Names the token: a card's number never prints itself.</summary>
    public override string ToString() => Token;
}
