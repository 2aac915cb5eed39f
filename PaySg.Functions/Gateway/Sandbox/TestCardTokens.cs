namespace PaySg.Functions.Gateway.Sandbox;

/// <summary>Takes test cards and no others.</summary>
internal sealed class TestCardTokens : ICardTokens
{
    public bool TakesOnlyTestCards => true;

    public PaymentMethod? TokenOf(string number) => TestCard.Find(number) is { } card ? new PaymentMethod(MethodKinds.Card, card.Token) : null;
}
