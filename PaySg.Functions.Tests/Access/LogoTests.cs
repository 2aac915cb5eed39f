using PaySg.Functions.Access;
using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Access;

public sealed class LogoTests
{
    [Fact]
    public void A_logo_is_named_by_what_it_is()
    {
        var logo = Logo.Of("logo"u8.ToArray(), PictureKind.Png);

        Assert.Equal("8a61224f3d7ed1dbd9c5db37a7b4c1ac.png".Length, logo.Name.Length);
        Assert.True(Logo.IsName(logo.Name));
        Assert.Equal(PictureKind.Png, logo.Kind);
        Assert.Equal($"logos/payment_service_1/{logo.Name}", logo.PathFor("payment_service_1"));
        Assert.Equal(logo.Name, Logo.Of("logo"u8.ToArray(), PictureKind.Png).Name);
        Assert.NotEqual(logo.Name, Logo.Of("Logo"u8.ToArray(), PictureKind.Png).Name);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef.png", true)]
    [InlineData("0123456789abcdef0123456789abcdef.jpg", true)]
    [InlineData("0123456789abcdef0123456789abcdef.webp", true)]
    [InlineData("0123456789abcdef0123456789abcdef.svg", false)]
    [InlineData("0123456789abcdef0123456789abcdef.", false)]
    [InlineData("0123456789abcdef0123456789abcdef", false)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF.png", false)]
    [InlineData("0123456789abcdef0123456789abcde.png", false)]
    [InlineData("0123456789abcdef0123456789abcdeff.png", false)]
    [InlineData("0123456789abcdef.123456789abcdef.png", false)]
    [InlineData("", false)]
    [InlineData(".png", false)]
    public void Only_a_digest_with_the_ending_of_a_picture_is_a_name(string text, bool isName) => Assert.Equal(isName, Logo.IsName(text));
}
