using System.Security.Cryptography;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Ids;

namespace PaySg.Functions.Tests.Access;

public sealed class SecretProtectorTests
{
    private const string Secret = "whsec_ é漢😀";
    private static readonly SecretPlace Place = SecretPlace.OfWebhook("payment_service_1", "we_1");
    private static readonly SecretKey First = new("k1", [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly SecretKey Second = new("k2", [.. Enumerable.Repeat((byte)2, 32)]);

    [Fact]
    public void A_secret_is_read_back_for_its_own_row()
    {
        var protector = With(First);

        Assert.Equal(Secret, protector.Unprotect(protector.Protect(Secret, Place), Place));
    }

    [Fact]
    public void A_ciphertext_names_its_key_shows_nothing_and_is_never_the_same()
    {
        var protector = With(First);

        var ciphertext = protector.Protect(Secret, Place);

        Assert.StartsWith("k1:", ciphertext, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", ciphertext, StringComparison.Ordinal);
        Assert.NotEqual(ciphertext, protector.Protect(Secret, Place));
    }

    public static TheoryData<string, string, string, string> OtherPlaces => new()
    {
        { "access", "payment_service_1", "we_1", "webhook-signing" },
        { "webhooks", "payment_service_2", "we_1", "webhook-signing" },
        { "webhooks", "payment_service_1", "we_2", "webhook-signing" },
        { "webhooks", "payment_service_1", "we_1", "client-secret" },
    };

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public void A_ciphertext_is_worth_nothing_in_another_table_of_another_owner_in_another_row_and_for_another_purpose(string table, string owner, string row, string purpose)
    {
        var protector = With(First);
        var ciphertext = protector.Protect(Secret, Place);

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(ciphertext, new SecretPlace(table, owner, row, purpose)));
    }

    [Fact]
    public void A_ciphertext_of_the_first_form_is_still_read_and_is_to_be_written_anew()
    {
        var protector = With(First);
        var old = OfFirstForm(First, Secret, "we_1");

        Assert.Equal(Secret, protector.Unprotect(old, Place));
        Assert.False(protector.IsCurrent(old));
        Assert.True(protector.IsCurrent(protector.Protect(Secret, Place)));
        Assert.False(With(Second, First).IsCurrent(protector.Protect(Secret, Place)));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(old, Place with { RowId = "we_2" }));
    }

    [Fact]
    public void A_ciphertext_cannot_pass_for_one_of_the_first_form()
    {
        var protector = With(First);
        var ciphertext = protector.Protect(Secret, Place);

        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(ciphertext.Replace("k1:2:", "k1:", StringComparison.Ordinal), Place));
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var protector = With(First);
        var bytes = Convert.FromBase64String(protector.Protect("s", Place)["k1:2:".Length..]);

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("k1:2:" + Convert.ToBase64String(bytes), Place));
            bytes[i] ^= 1;
        }

        Assert.Equal("s", protector.Unprotect("k1:2:" + Convert.ToBase64String(bytes), Place));
    }

    [Theory]
    [InlineData("k1:")]
    [InlineData("k1:AAAA")]
    [InlineData("k1:not base64")]
    [InlineData("k1")]
    [InlineData("")]
    [InlineData("k1:2:")]
    [InlineData("k1:2:AAAA")]
    [InlineData("k1:3:AAAA")]
    public void What_is_no_ciphertext_is_refused_as_one_that_was_changed(string ciphertext)
    {
        Assert.ThrowsAny<CryptographicException>(() => With(First).Unprotect(ciphertext, Place));
    }

    [Fact]
    public void The_previous_key_still_reads_and_the_current_one_writes()
    {
        var old = With(First).Protect(Secret, Place);
        var rotated = With(Second, First);

        Assert.Equal(Secret, rotated.Unprotect(old, Place));
        Assert.StartsWith("k2:", rotated.Protect(Secret, Place), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_settings_no_longer_hold_is_named()
    {
        var old = With(First).Protect(Secret, Place);

        var fault = Assert.ThrowsAny<CryptographicException>(() => With(Second).Unprotect(old, Place));

        Assert.Contains("'k1'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("PaySg__Secrets__PreviousKey", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_the_same_name_with_other_bytes_does_not_read()
    {
        var ciphertext = With(First).Protect(Secret, Place);

        Assert.ThrowsAny<CryptographicException>(() => With(new SecretKey("k1", Second.Bytes)).Unprotect(ciphertext, Place));
    }

    /// <summary>As the releases before wrote it: the row's key alone is bound.</summary>
    internal static string OfFirstForm(SecretKey key, string secret, string rowKey)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(secret);
        var bytes = new byte[28 + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
        using var aes = new AesGcm(key.Bytes, 16);
        aes.Encrypt(bytes.AsSpan(0, 12), plain, bytes.AsSpan(28), bytes.AsSpan(12, 16), System.Text.Encoding.UTF8.GetBytes(rowKey));
        return $"{key.Name}:{Convert.ToBase64String(bytes)}";
    }

    private static SecretProtector With(SecretKey current, SecretKey? previous = null) => new(
        new AccessSettings { CurrentSecretKey = current, CurrentTokenKey = current, PreviousSecretKey = previous },
        new SystemRandomSource());
}
