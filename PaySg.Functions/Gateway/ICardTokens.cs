namespace PaySg.Functions.Gateway;

/// <summary>Makes a token of a card that a payer typed into a page of ours: the number goes no further.</summary>
internal interface ICardTokens
{
    /// <summary>What stands for the card; null: the gateway does not take it.</summary>
    /// <param name="number">The digits of the card's number.</param>
    PaymentMethod? TokenOf(string number);

    /// <summary>Whether no real card is taken, which a payer is told who tries one.</summary>
    bool TakesOnlyTestCards { get; }
}
