using PaySg.Functions.Payments;

namespace PaySg.Functions.Tests.Payments;

public sealed class ReturnRedirectTests
{
    private const string Added = "paysg_payment_id=-abcdefcode0123456789&paysg_payment_service_id=payment_service_1";

    [Theory]
    [InlineData("https://e.gov.sg", "https://e.gov.sg?" + Added)]
    [InlineData("https://e.gov.sg/", "https://e.gov.sg/?" + Added)]
    [InlineData("https://e.gov.sg/done?case=7", "https://e.gov.sg/done?case=7&" + Added)]
    [InlineData("https://e.gov.sg/done?", "https://e.gov.sg/done?" + Added)]
    [InlineData("https://e.gov.sg/done?a=1&", "https://e.gov.sg/done?a=1&" + Added)]
    [InlineData("https://e.gov.sg/done#top", "https://e.gov.sg/done?" + Added + "#top")]
    [InlineData("https://e.gov.sg/done?a=1#top?x&y#z", "https://e.gov.sg/done?a=1&" + Added + "#top?x&y#z")]
    [InlineData("https://e.gov.sg/done#?a=1", "https://e.gov.sg/done?" + Added + "#?a=1")]
    [InlineData("https://e.gov.sg/done?#", "https://e.gov.sg/done?" + Added + "#")]
    [InlineData("https://e.gov.sg/a%20b?q=%26%3D%2B", "https://e.gov.sg/a%20b?q=%26%3D%2B&" + Added)]
    public void The_payment_is_added_to_the_query_and_the_rest_is_kept(string returnUrl, string expected)
    {
        Assert.Equal(expected, ReturnRedirect.TargetFor(PaymentWith(returnUrl)));
    }

    [Fact]
    public void A_payment_without_a_return_url_leads_nowhere()
    {
        Assert.Null(ReturnRedirect.TargetFor(PaymentWith(null)));
    }

    private static Payment PaymentWith(string? returnUrl) => Payment.Create(
        "-abcdefcode0123456789",
        "payment_service_1",
        "user_1",
        new PaymentDetails { ReferenceId = "r", PayerName = "p", Description = "d", AmountInCents = 1, ReturnUrl = returnUrl },
        DateTimeOffset.UnixEpoch);
}
