using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;

namespace PaySg.Functions.Tests.Gateway.Sandbox;

public sealed class SandboxMethodsTests
{
    [Theory]
    [InlineData("4242424242424242", ChargeState.Succeeded, null)]
    [InlineData("5555555555554444", ChargeState.Succeeded, null)]
    [InlineData("378282246310005", ChargeState.Succeeded, null)]
    [InlineData("4000000000000002", ChargeState.Declined, "card_declined")]
    [InlineData("4000000000009995", ChargeState.Declined, "insufficient_funds")]
    [InlineData("4000000000000069", ChargeState.Declined, "expired_card")]
    [InlineData("4000000000000127", ChargeState.Declined, "incorrect_cvc")]
    [InlineData("4000000000003220", ChargeState.Pending, null)]
    public void A_test_card_gives_what_it_is_for(string number, object state, string? reason)
    {
        var card = TestCard.Find(number)!;

        Assert.Equal(new ChargeOutcome((ChargeState)state, reason), card.Outcome);
        var outcome = SandboxMethods.OutcomeOf(new PaymentMethod(MethodKinds.Card, card.Token));
        Assert.Equal(card.Outcome, outcome with { Card = null });
        Assert.Equal(card.Outcome.State == ChargeState.Declined ? null : number[^4..], outcome.Card?.LastFour);
    }

    [Fact]
    public void A_number_is_in_neither_token_nor_print()
    {
        Assert.All(TestCard.All, card =>
        {
            Assert.DoesNotContain(card.Number, card.Token, StringComparison.Ordinal);
            Assert.Equal(card.Token, card.ToString());
        });
        Assert.Equal(TestCard.All.Count, TestCard.All.Select(card => card.Token).Distinct().Count());
    }

    [Fact]
    public void Another_number_is_no_test_card()
    {
        Assert.Null(TestCard.Find("4111111111111111"));
        Assert.Null(TestCard.OutcomeOf("tok_gold"));
    }

    [Theory]
    [InlineData("card", "4242424242424242")]
    [InlineData("card", "")]
    [InlineData("paynow", "succeeded")]
    [InlineData("cash", "")]
    public void A_method_that_it_does_not_know_is_refused(string kind, string token)
    {
        Assert.Throws<ArgumentException>(() => SandboxMethods.OutcomeOf(new PaymentMethod(kind, token)));
    }
}
