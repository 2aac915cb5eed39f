using System.Text;
using PaySg.Functions.Access;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class KeyStrengthTests
{
    [Fact]
    public void A_key_of_32_bytes_with_16_different_ones_is_strong()
    {
        Assert.Null(KeyStrength.WeaknessOf(Bytes(32, different: 16)));
        Assert.StartsWith("repeats itself", KeyStrength.WeaknessOf(Bytes(32, different: 15)), StringComparison.Ordinal);
        Assert.Equal("holds 31 bytes, and 32 are needed. Was it cut off?", KeyStrength.WeaknessOf(Bytes(31, different: 16)));
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz ~ \t\r\n 0123456789", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz \u007F 0123456789", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz \u001F 0123456789", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz \u000B 0123456789", false)]
    public void What_can_be_typed_is_no_key(string text, bool isText)
    {
        var weakness = KeyStrength.WeaknessOf(Encoding.UTF8.GetBytes(text));

        Assert.Equal(isText ? "holds words or digits, not random bytes." : null, weakness);
    }

    // Values that cannot be typed.
    private static byte[] Bytes(int length, int different) => [.. Enumerable.Range(0, length).Select(index => (byte)(0x80 + (index % different)))];
}
