using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Access.Accounts;

public sealed class AccountNumberTests
{
    [Theory]
    [InlineData("00000000000000000000000000", 0L)]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", 9007199254740991L)]
    [InlineData("7ZZZZZZZZZZZZZZR0000000010", 32L)]
    [InlineData("00000000000000080000000000", 0L)]
    [InlineData("00000000000000070000000000", 7881299347898368L)]
    public void An_accounts_number_is_the_last_53_bits_of_its_id(string id, long expected) => Assert.Equal(expected, AccountId.ToNumber(id));

    [Fact]
    public void Accounts_made_at_once_have_numbers_of_their_own()
    {
        var now = DateTimeOffset.UnixEpoch;
        var random = new SystemRandomSource();

        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => AccountId.ToNumber(AccountId.New(random, now))).Distinct().Count());
    }

    [Fact]
    public void What_is_no_id_has_no_number() => Assert.Throws<FormatException>(() => AccountId.ToNumber("01k7p073q8re2a9pqt8q7mxpn4"));
}
