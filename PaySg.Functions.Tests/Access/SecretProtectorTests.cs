using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Configuration;
using PaySg.Functions.Ids;

namespace PaySg.Functions.Tests.Access;

public sealed class SecretProtectorTests
{
    private const string Secret = "whsec_ é漢😀";
    private static readonly SecretKey First = new("k1", [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly SecretKey Second = new("k2", [.. Enumerable.Repeat((byte)2, 32)]);

    [Fact]
    public void A_secret_is_read_back_for_its_own_row()
    {
        var protector = With(First);

        Assert.Equal(Secret, protector.Unprotect(protector.Protect(Secret, "we_1"), "we_1"));
    }

    [Fact]
    public void A_ciphertext_names_its_key_shows_nothing_and_is_never_the_same()
    {
        var protector = With(First);

        var ciphertext = protector.Protect(Secret, "we_1");

        Assert.StartsWith("k1:", ciphertext, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", ciphertext, StringComparison.Ordinal);
        Assert.NotEqual(ciphertext, protector.Protect(Secret, "we_1"));
    }

    [Fact]
    public void A_ciphertext_is_worth_nothing_in_another_row()
    {
        var protector = With(First);

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(protector.Protect(Secret, "we_1"), "we_2"));
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var protector = With(First);
        var bytes = Convert.FromBase64String(protector.Protect("s", "we_1")["k1:".Length..]);

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("k1:" + Convert.ToBase64String(bytes), "we_1"));
            bytes[i] ^= 1;
        }

        Assert.Equal("s", protector.Unprotect("k1:" + Convert.ToBase64String(bytes), "we_1"));
    }

    [Theory]
    [InlineData("k1:")]
    [InlineData("k1:AAAA")]
    [InlineData("k1:not base64")]
    public void What_is_no_ciphertext_is_refused_as_one_that_was_changed(string ciphertext)
    {
        Assert.ThrowsAny<CryptographicException>(() => With(First).Unprotect(ciphertext, "we_1"));
    }

    [Fact]
    public void The_previous_key_still_reads_and_the_current_one_writes()
    {
        var old = With(First).Protect(Secret, "we_1");
        var rotated = With(Second, First);

        Assert.Equal(Secret, rotated.Unprotect(old, "we_1"));
        Assert.StartsWith("k2:", rotated.Protect(Secret, "we_1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_settings_no_longer_hold_is_named()
    {
        var old = With(First).Protect(Secret, "we_1");

        var fault = Assert.ThrowsAny<CryptographicException>(() => With(Second).Unprotect(old, "we_1"));

        Assert.Contains("'k1'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("PaySg__Secrets__PreviousKey", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_the_same_name_with_other_bytes_does_not_read()
    {
        var ciphertext = With(First).Protect(Secret, "we_1");

        Assert.ThrowsAny<CryptographicException>(() => With(new SecretKey("k1", Second.Bytes)).Unprotect(ciphertext, "we_1"));
    }

    private static SecretProtector With(SecretKey current, SecretKey? previous = null) => new(
        new PaySgSettings
        {
            Mode = PaySgMode.Test,
            PublicBaseUrl = "https://pay.agency.gov.sg",
            CurrentSecretKey = current,
            CurrentTokenKey = current,
            PreviousSecretKey = previous,
        },
        new SystemRandomSource());
}
