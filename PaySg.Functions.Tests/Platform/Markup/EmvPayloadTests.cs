using PaySg.Functions.Platform.Markup;

namespace PaySg.Functions.Tests.Platform.Markup;

public sealed class EmvPayloadTests
{
    [Theory]
    [InlineData("123456789", 0x29B1)]
    [InlineData("", 0xFFFF)]
    [InlineData("A", 0xB915)]
    public void The_checksum_is_that_of_the_published_vectors(string text, int expected)
    {
        Assert.Equal(expected, EmvPayload.ChecksumOf(text));
    }

    [Fact]
    public void The_checksum_is_that_of_a_code_found_in_the_wild()
    {
        const string found = "00020101021126430009SG.PAYNOW010120210T04SS0129D030110502QS51810007SG.SGQR011221073031741D020701.000103066003160402010503279060400000708202107305204000053037025802SG5925LOVING HEART MULTI-SERVIC6009Singapore6304A177";

        Assert.Equal(found[^4..], EmvPayload.ChecksumOf(found[..^4]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_data_object_is_its_id_its_length_and_its_value()
    {
        Assert.Equal("000201" + "2608" + "0004abcd", new EmvPayload().Add("00", "01").Add("26", new EmvPayload().Add("00", "abcd")).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    public void A_value_that_cannot_be_written_is_refused(string value)
    {
        Assert.Throws<ArgumentException>(() => new EmvPayload().Add("59", value));
    }

    [Fact]
    public void A_value_has_ninety_nine_characters_at_most()
    {
        Assert.StartsWith("5999", new EmvPayload().Add("59", new string('a', 99)).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EmvPayload().Add("59", new string('a', 100)));
    }
}
