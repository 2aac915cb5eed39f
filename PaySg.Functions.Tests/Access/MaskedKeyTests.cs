using PaySg.Functions.Access;

namespace PaySg.Functions.Tests.Access;

public sealed class MaskedKeyTests
{
    [Theory]
    [InlineData("paysg_stag_abcdefghijklmnopqrstuvwxyz012345", "paysg_stag_abcd… (43 characters)")]
    [InlineData("paysg_live_abcdefghijklmnop", "paysg_live_ab… (27 characters)")]
    [InlineData("hunter2", "… (7 characters)")]
    [InlineData("password1", "p… (9 characters)")]
    [InlineData("6b1f0c2d9e8a7b35c4d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f80a1b2c3d", "6b1f… (64 characters)")]
    [InlineData("\n\u001b[31mfalse line of a log that goes on and on", "???3… (45 characters)")]
    [InlineData("", "… (0 characters)")]
    public void Little_of_a_key_is_shown_and_less_of_a_short_one(string key, string expected) =>
        Assert.Equal(expected, MaskedKey.Of(key));
}
