using PaySg.Functions.Access.Accounts;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Access.Accounts;

public sealed class AccountIdTests
{
    [Theory]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPN4", "0199ec03-8ee8-c384-a4da-fa45cf4edaa4")]
    [InlineData("00000000000000000000000000", "00000000-0000-0000-0000-000000000000")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01563e3a-b5d3-d676-4c61-efb99302bd5b")]
    public void An_id_is_the_same_number_as_a_uuid(string id, string uuid) => Assert.Equal(uuid, AccountId.ToUuid(id).ToString("D"));

    [Fact]
    public void A_new_id_is_valid_and_begins_with_its_time()
    {
        // 1,469,918,176,385 ms is the example of the ULID specification's own implementation.
        var id = AccountId.New(new SystemRandomSource(), DateTimeOffset.FromUnixTimeMilliseconds(1_469_918_176_385));

        Assert.True(AccountId.IsValid(id));
        Assert.StartsWith("01ARYZ6S41", id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPN")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPN44")]
    [InlineData("01k7p073q8re2a9pqt8q7mxpn4")]
    [InlineData("81K7P073Q8RE2A9PQT8Q7MXPN4")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPNU")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPNI")]
    [InlineData("01K7P073Q8RE2A9PQT8Q7MXPN/")]
    public void Another_text_is_no_id(string? text)
    {
        Assert.False(AccountId.IsValid(text));
        Assert.Throws<FormatException>(() => AccountId.ToUuid(text!));
    }
}
