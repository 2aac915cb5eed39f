namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>Takes test cards and no others.</summary>
internal sealed class TestCardTokens : ICardTokens
{
    public string Refusal => "In test mode only test cards are taken, such as 4242 4242 4242 4242. Do not enter a real card.";

    public PaymentMethod? TokenOf(string number) => TestCard.Find(number) is { } card ? new PaymentMethod(MethodKinds.Card, card.Token) : null;
}
