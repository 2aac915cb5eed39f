using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Platform.Http;

public sealed class EmailAddressTests
{
    private const string Local64 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Label63 = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("siti.binte-ali+tax@mail.example.com.sg")]
    [InlineData("!#$%&'*+/=?^_`{|}~-@example.com")]
    [InlineData("A@EXAMPLE.COM")]
    [InlineData("1@1.sg")]
    [InlineData(Local64 + "@example.com")]
    [InlineData("a@" + Label63 + ".sg")]
    [InlineData(Local64 + "@" + Label63 + "." + Label63 + ".bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.sg")]
    [InlineData("payér@example.com")]
    [InlineData("支付@例子.公司.sg")]
    [InlineData("a@bücher.example")]
    public void A_dot_atom_at_a_domain_is_one(string text) => Assert.True(EmailAddress.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a.@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a" + Local64 + "@example.com")]
    [InlineData("ééééééééééééééééééééééééééééééééé@example.com")]
    [InlineData("a@b" + Label63 + ".sg")]
    [InlineData(Local64 + "@" + Label63 + "." + Label63 + ".bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.sg")]
    [InlineData("a@b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com ")]
    [InlineData(" a@example.com")]
    [InlineData("a@example.com\n")]
    [InlineData("a\u2028b@example.com")]
    [InlineData("a\u202eb@example.com")]
    [InlineData("a\u00a0b@example.com")]
    [InlineData("a@exa\u0085mple.com")]
    [InlineData("a@exa\u00admple.com")]
    [InlineData("a@exa\u200bmple.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a(comment)@example.com")]
    [InlineData("a,b@example.com")]
    [InlineData("a;b@example.com")]
    [InlineData("Siti <a@example.com>")]
    [InlineData("<a@example.com>")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@example")]
    [InlineData("a@localhost")]
    [InlineData("a@.example.com")]
    [InlineData("a@example..com")]
    [InlineData("a@example.com.")]
    [InlineData("a@-example.com")]
    [InlineData("a@example-.com")]
    [InlineData("a@exa_mple.com")]
    [InlineData("a@exa mple.com")]
    [InlineData("a@exa/mple.com")]
    public void Anything_else_is_none(string text) => Assert.False(EmailAddress.IsValid(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_none() => Assert.False(EmailAddress.IsValid("a" + (char)0xD800 + "@example.com"));

    [Theory]
    [InlineData("a@example.com", false)]
    [InlineData("a@bücher.example", false)]
    [InlineData("é@example.com", true)]
    public void Only_a_local_part_beyond_ASCII_needs_a_relay_that_takes_it(string address, bool expected) => Assert.Equal(expected, EmailAddress.NeedsSmtpUtf8(address));
}
