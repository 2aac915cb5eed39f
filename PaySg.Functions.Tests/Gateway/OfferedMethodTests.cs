using PaySg.Functions.Gateway;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class OfferedMethodTests
{
    [Theory]
    [InlineData(49, false)]
    [InlineData(50, true)]
    [InlineData(20_000_000, true)]
    [InlineData(20_000_001, false)]
    public void A_method_takes_amounts_between_its_limits(long cents, bool expected) =>
        Assert.Equal(expected, new OfferedMethod(MethodKinds.PayNow, LeastInCents: 50, MostInCents: 20_000_000).Takes(cents));

    [Fact]
    public void Where_nothing_is_said_any_amount_is_taken()
    {
        var method = new OfferedMethod(MethodKinds.Card);

        Assert.True(method.Takes(1));
        Assert.True(method.Takes(long.MaxValue));
        Assert.False(method.TakesCardHere);
    }
}
