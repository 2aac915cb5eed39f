using System.Globalization;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Tests.PaymentLinks.Methods;

public sealed class QrisTextTests
{
    [Theory]
    [InlineData("", 0xFFFF)]
    [InlineData("A", 0xB915)]
    [InlineData("123456789", 0x29B1)]
    public void The_checksum_is_that_of_published_vectors(string text, int expected) => Assert.Equal(expected, QrisText.Checksum(text));

    [Fact]
    public void The_text_is_a_row_of_fields_that_ends_in_its_checksum()
    {
        var text = QrisText.Of(150_000, "20251024134439474409500000000000");
        var fields = FieldsOf(text);

        Assert.Equal(["00", "01", "51", "52", "53", "54", "58", "59", "60", "62", "63"], fields.Keys);
        Assert.Equal(("01", "12", "360", "150000", "ID"), (fields["00"], fields["01"], fields["53"], fields["54"], fields["58"]));
        Assert.Equal("ID.CO.QRIS.WWW", FieldsOf(fields["51"])["00"]);
        Assert.Equal("4134439474409500000000000", FieldsOf(fields["62"])["05"]);
        Assert.Equal(QrisText.Checksum(text[..^4]), int.Parse(text[^4..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_short_reference_is_printed_whole() => Assert.Equal("7", FieldsOf(FieldsOf(QrisText.Of(1, "7"))["62"])["05"]);

    private static OrderedDictionary<string, string> FieldsOf(string text)
    {
        var fields = new OrderedDictionary<string, string>();
        while (text.Length > 0)
        {
            var length = int.Parse(text.AsSpan(2, 2), CultureInfo.InvariantCulture);
            fields.Add(text[..2], text.Substring(4, length));
            text = text[(4 + length)..];
        }

        return fields;
    }
}
