using PaySg.Functions.PaymentLinks.Methods;

namespace PaySg.Functions.Tests.PaymentLinks.Methods;

public sealed class PaymentLinkMethodsTests
{
    [Fact]
    public void There_are_the_twenty_that_Singapay_lists()
    {
        Assert.Equal(
            [
                "QRIS", "VA_BCA", "VA_BNC", "VA_BNI", "VA_BRI", "VA_BSI", "VA_CIMB", "VA_DANAMON", "VA_MANDIRI", "VA_MAYBANK", "VA_MUAMALAT", "VA_OCBC", "VA_PERMATA",
                "EWALLET_DANA", "EWALLET_GOPAY", "EWALLET_OVO", "EWALLET_SHOPEEPAY", "ALFAMART", "INDOMARET", "NICEPAY_CARD",
            ],
            PaymentLinkMethods.All.Select(method => method.Code));
    }

    [Theory]
    [InlineData("QRIS", "QRIS", "qris", "QR Code Indonesian Standard", "QRIS")]
    [InlineData("VA_BRI", "VA BRI", "va", "Virtual Account BRI", "BRI")]
    [InlineData("EWALLET_GOPAY", "EWALLET GOPAY", "ewallet", "E-wallet GoPay", "GoPay")]
    [InlineData("ALFAMART", "ALFAMART", "offline_store", "Payment at an Alfamart store", "Alfamart")]
    [InlineData("NICEPAY_CARD", "NICEPAY CARD", "card", "Credit or debit card", "Credit or debit card")]
    public void A_method_has_name_group_description_and_brand(string code, string name, string group, string description, string brand)
    {
        Assert.Equal(new PaymentLinkMethod(code, name, group, description, brand), PaymentLinkMethods.Find(code));
    }

    [Theory]
    [InlineData("va_bri")]
    [InlineData("VA_BRI ")]
    [InlineData("VA_XYZ")]
    [InlineData("")]
    public void Another_code_is_no_method(string code)
    {
        Assert.Null(PaymentLinkMethods.Find(code));
    }
}
