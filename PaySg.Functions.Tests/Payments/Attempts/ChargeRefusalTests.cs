using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.PaymentLinks.Methods;
using PaySg.Functions.Payments.Attempts;

namespace PaySg.Functions.Tests.Payments.Attempts;

/// <summary>What a caller of the API is told of each refusal.</summary>
public sealed class ChargeRefusalTests
{
    private static readonly LinkOrder Order = new(
        new PaymentLinkClaim("INV-1", "account_1", 7), PaymentLinkMethods.Find("QRIS")!, LinkCustomer.Unknown, new PaymentMethod("QRIS", ""));

    [Theory]
    [InlineData(ChargeRefusal.AlreadyPaid, 402, "payment_already_paid")]
    [InlineData(ChargeRefusal.Cancelled, 402, "payment_cancelled")]
    [InlineData(ChargeRefusal.Processing, 402, "payment_processing")]
    [InlineData(ChargeRefusal.Superseded, 402, "attempt_superseded")]
    [InlineData(ChargeRefusal.TooLate, 402, "charged_too_late")]
    [InlineData(ChargeRefusal.InDoubt, 503, "charge_in_doubt")]
    public void Each_refusal_of_a_payment_has_its_error(object refusal, int status, string code)
    {
        var error = ChargeAttemptAnswer.ErrorOf((ChargeRefusal)refusal).Error;

        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Theory]
    [InlineData(LinkRefusal.AccountInactive, 402, "account_inactive")]
    [InlineData(LinkRefusal.Closed, 402, "payment_link_closed")]
    [InlineData(LinkRefusal.Expired, 402, "payment_link_expired")]
    [InlineData(LinkRefusal.UsedUp, 402, "payment_link_used_up")]
    [InlineData(LinkRefusal.MethodNotAllowed, 402, "payment_method_not_allowed")]
    [InlineData(LinkRefusal.DetailsMissing, 400, "invalid_parameters")]
    [InlineData(LinkRefusal.InDoubt, 503, "charge_in_doubt")]
    public void Each_refusal_of_a_link_has_its_error(object refusal, int status, string code)
    {
        var error = LinkRefusals.ErrorOf((LinkRefusal)refusal, Order).Error;

        Assert.Equal((status, code), (error.Status, error.Code));
    }

    [Fact]
    public void No_refusal_is_without_an_error()
    {
        Assert.All(Enum.GetValues<ChargeRefusal>(), refusal => Assert.NotEmpty(ChargeAttemptAnswer.ErrorOf(refusal).Error.Code));
        Assert.All(Enum.GetValues<LinkRefusal>(), refusal => Assert.NotEmpty(LinkRefusals.ErrorOf(refusal, Order).Error.Code));
    }
}
