using PaySg.Functions.Pages;

namespace PaySg.Functions.Tests.Pages;

public sealed class ContactWayTests
{
    [Theory]
    [InlineData("help@agency.gov.sg", "mailto:help@agency.gov.sg")]
    [InlineData("first.last+tag@agency.gov.sg", "mailto:first.last%2Btag@agency.gov.sg")]
    [InlineData("a&b%c@agency.gov.sg", "mailto:a%26b%25c@agency.gov.sg")]
    [InlineData("a?subject=x@agency.gov.sg", "mailto:a%3Fsubject%3Dx@agency.gov.sg")]
    [InlineData("+65 6123 4567", "tel:+6561234567")]
    [InlineData("+65-6123-4567", "tel:+6561234567")]
    [InlineData("(65) 6123 4567", "tel:6561234567")]
    [InlineData("6123.4567", "tel:61234567")]
    [InlineData("081234567890", "tel:081234567890")]
    [InlineData("+62\u00A0812\u20113456", "tel:+628123456")]
    [InlineData("995", "tel:995")]
    [InlineData("+123456789012345", "tel:+123456789012345")]
    public void An_address_and_a_number_lead_somewhere(string way, string href) => Assert.Equal(href, ContactWay.HrefOf(way));

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("+1234567890123456")]
    [InlineData("1800-CALL-NOW")]
    [InlineData("6123 4567 ext 3")]
    [InlineData("6123 4567 / 6123 4568")]
    [InlineData("6123 4567, 6123 4568")]
    [InlineData("+65 6123 +4567")]
    [InlineData("65+6123 4567")]
    [InlineData("６１２３４５６７")]
    [InlineData("<b>123</b>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("tel:123")]
    [InlineData("two@at@agency")]
    [InlineData("a@b@c.sg, d@e.sg")]
    [InlineData("see www.agency.gov.sg")]
    public void Anything_else_is_plain_text(string way)
    {
        Assert.Null(ContactWay.HrefOf(way));
        Assert.DoesNotContain("href", ContactWay.Of(way).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_is_what_was_given()
    {
        Assert.Equal("""<a class="whole" href="tel:&#x2B;6561234567">&#x2B;65 6123 4567</a>""".Replace("&#x2B;", "+", StringComparison.Ordinal), ContactWay.Of("+65 6123 4567").Text.Replace("&#x2B;", "+", StringComparison.Ordinal));
        Assert.Equal("""<span>&lt;b&gt;1</span>""", ContactWay.Of("<b>1").Text);
    }
}
