using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Pages;

public sealed class CardFormTests
{
    // In Singapore it is February already.
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("4242 4242 4242 4242", "123", "tok_visa")]
    [InlineData("4242424242424242", "000", "tok_visa")]
    [InlineData("4242-4242-4242-4242", "123", "tok_visa")]
    [InlineData(" 3782 822463 10005 ", "1234", "tok_amex")]
    [InlineData("4000 0000 0000 9995", "123", "tok_insufficient_funds")]
    [InlineData("４２４２　４２４２　４２４２　４２４２", "１２３", "tok_visa")]
    public async Task A_card_becomes_a_token(string number, string code, string token)
    {
        var card = await ReadAsync(form => (form["card_number"], form["card_code"]) = (number, code));

        Assert.Empty(card.Errors);
        Assert.Equal(new PaymentMethod("card", token), card.Method);
    }

    [Theory]
    [InlineData("", "Enter the card number.")]
    [InlineData("4242", "not a valid card number")]
    [InlineData("4242 4242 4242 4243", "not a valid card number")]
    [InlineData("4242 4242 4242 424x", "not a valid card number")]
    [InlineData("４２４２４２４２４２４２４２４３", "not a valid card number")]
    [InlineData("42424242424242424242", "not a valid card number")]
    [InlineData("4111 1111 1111 1111", "Only test cards")]
    [InlineData("<script>", "not a valid card number")]
    public async Task A_number_that_is_no_test_card_is_refused_and_never_shown_again(string number, string message)
    {
        var card = await ReadAsync(form => form["card_number"] = number);

        var error = Assert.Single(card.Errors);
        Assert.Equal("card_number", error.Field);
        Assert.Contains(message, error.Message(Texts.English.Form), StringComparison.Ordinal);
        Assert.Null(card.Method);
        if (number.Length > 4)
            Assert.DoesNotContain(number, card.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("02/26")]
    [InlineData("2/26")]
    [InlineData("02 / 2026")]
    [InlineData("0226")]
    [InlineData("02-26")]
    [InlineData("2026-02")]
    [InlineData("０２／２６")]
    [InlineData("01/46")]
    [InlineData("02/46")]
    public async Task A_card_is_good_to_the_end_of_its_month_in_Singapore(string expiry)
    {
        Assert.Empty((await ReadAsync(form => form["card_expiry"] = expiry)).Errors);
    }

    [Theory]
    [InlineData("", "Enter the expiry date")]
    [InlineData("13/30", "Enter the expiry date")]
    [InlineData("00/30", "Enter the expiry date")]
    [InlineData("09/3", "Enter the expiry date")]
    [InlineData("+9/30", "Enter the expiry date")]
    [InlineData("09/30/01", "Enter the expiry date")]
    [InlineData("01/26", "has expired")]
    [InlineData("12/1999", "has expired")]
    [InlineData("03/46", "too far in the future")]
    [InlineData("12/9999", "too far in the future")]
    public async Task A_date_that_is_none_or_not_good_is_refused(string expiry, string message)
    {
        var error = Assert.Single((await ReadAsync(form => form["card_expiry"] = expiry)).Errors);

        Assert.Equal("card_expiry", error.Field);
        Assert.Contains(message, error.Message(Texts.English.Form), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4242 4242 4242 4242", "")]
    [InlineData("4242 4242 4242 4242", "12")]
    [InlineData("4242 4242 4242 4242", "1234")]
    [InlineData("4242 4242 4242 4242", "abc")]
    [InlineData("378282246310005", "123")]
    public async Task A_security_code_has_the_digits_of_its_card(string number, string code)
    {
        var card = await ReadAsync(form => (form["card_number"], form["card_code"]) = (number, code));

        Assert.Equal("card_code", Assert.Single(card.Errors).Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("４２４２　４２４２　４２４２　４２４２")]
    [InlineData("௪௨௪௨௪௨௪௨௪௨௪௨௪௨௪௨")]
    public async Task A_name_is_neither_empty_nor_a_number(string name)
    {
        var card = await ReadAsync(form => form["card_name"] = name);

        Assert.Equal("card_name", Assert.Single(card.Errors).Field);
        Assert.Equal("", card.ShownHolder);
    }

    [Fact]
    public async Task A_name_of_ten_kilobytes_is_refused_and_not_shown_again()
    {
        var card = await ReadAsync(form => form["card_name"] = new string('a', 10_240));

        Assert.Equal("card_name", Assert.Single(card.Errors).Field);
        Assert.Equal("", card.ShownHolder);
    }

    [Fact]
    public async Task What_is_no_secret_is_shown_again()
    {
        var card = await ReadAsync(form => form["card_number"] = "");

        Assert.Equal(("12/39", "Tan Ah Kow"), (card.ShownExpiry, card.ShownHolder));
    }

    [Theory]
    [InlineData("4242 4242 4242 4242", "Visa")]
    [InlineData("378282246310005", "American Express")]
    [InlineData("4111 1111 1111 1111", "Visa")]
    [InlineData("4242 4242 4242 4243", "")]
    [InlineData("", "")]
    public async Task A_brand_is_shown_again_in_place_of_the_number(string number, string brand)
    {
        Assert.Equal(brand, (await ReadAsync(form => (form["card_number"], form["card_expiry"]) = (number, ""))).ShownBrand);
    }

    [Fact]
    public async Task A_card_of_Diners_Club_has_three_digits_of_security_code_although_it_begins_with_3()
    {
        var card = CardForm.Read(await FormAsync("card_number=30569309025904&card_expiry=12%2F39&card_code=123&card_name=A"), new AnyCard(), Now);

        Assert.Empty(card.Errors);
    }

    [Fact]
    public async Task A_field_that_was_sent_twice_is_as_good_as_missing()
    {
        var card = CardForm.Read(await FormAsync("card_number=4242424242424242&card_number=4000000000000002&card_expiry=12%2F39&card_code=123&card_name=A"), new TestCardTokens(), Now);

        Assert.Equal("card_number", Assert.Single(card.Errors).Field);
    }

    private static async Task<CardForm> ReadAsync(Action<IDictionary<string, string>> change)
    {
        var fields = PageClient.Card();
        change(fields);
        using var content = new FormUrlEncodedContent(fields);
        return CardForm.Read(await FormAsync(await content.ReadAsStringAsync()), new TestCardTokens(), Now);
    }

    private static Task<PageForm> FormAsync(string body)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "application/x-www-form-urlencoded";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return PageForm.ReadAsync(request, "https://pay.agency.gov.sg", CancellationToken.None);
    }

    /// <summary>Takes every card.</summary>
    private sealed class AnyCard : ICardTokens
    {
        public bool TakesOnlyTestCards => false;

        public PaymentMethod? TokenOf(string number) => new(MethodKinds.Card, "tok");
    }
}
