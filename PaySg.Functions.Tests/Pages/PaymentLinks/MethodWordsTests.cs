using PaySg.Functions.Gateway;
using PaySg.Functions.Gateway.Sandbox;
using PaySg.Functions.Languages;
using PaySg.Functions.Pages.PaymentLinks;
using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Tests.Pages.PaymentLinks;

public sealed class MethodWordsTests
{
    [Fact]
    public void Every_method_has_its_words_and_a_name_of_its_own()
    {
        Assert.All(PaymentLinkMethods.All, method => Assert.Contains(method.Group, MethodWords.Groups));
        Assert.All(MethodWords.Groups, group => Assert.NotEmpty(MethodWords.Of(Texts.English, group).Legend));
        Assert.All(Language.All, language => Assert.Equal(
            PaymentLinkMethods.All.Count, PaymentLinkMethods.All.Select(method => MethodWords.NameOf(language.Texts.Methods, method)).Distinct(StringComparer.Ordinal).Count()));
    }

    [Theory]
    [InlineData("QRIS", "QRIS", "QRIS")]
    [InlineData("VA_BRI", "Virtual Account BRI", "BRI")]
    [InlineData("EWALLET_GOPAY", "Dompet digital GoPay", "GoPay")]
    [InlineData("ALFAMART", "Tunai di Alfamart", "Alfamart")]
    [InlineData("NICEPAY_CARD", "Kartu kredit atau debit", "Kartu kredit atau debit")]
    public void Methods_are_named_in_the_payers_language(string code, string name, string shortName)
    {
        var (say, method) = (Language.Indonesian.Texts.Methods, PaymentLinkMethods.Find(code)!);

        Assert.Equal((name, shortName), (MethodWords.NameOf(say, method), MethodWords.ShortNameOf(say, method)));
    }

    [Fact]
    public void Every_method_without_a_card_is_decided_later_by_the_sandbox() => Assert.All(
        PaymentLinkMethods.All.Where(method => method.Group != PaymentLinkMethod.Card),
        method => Assert.Equal(new ChargeOutcome(ChargeState.Pending), SandboxMethods.OutcomeOf(new PaymentMethod(method.Code, ""), PaymentLinkMethods.InSandbox)));

    [Fact]
    public void A_card_is_not_charged_by_its_code() =>
        Assert.Throws<ArgumentException>(() => SandboxMethods.OutcomeOf(new PaymentMethod("NICEPAY_CARD", ""), PaymentLinkMethods.InSandbox));
}
