using PaySg.Functions.Gateway;
using PaySg.Functions.Payments;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Tests.Payments;

[Trait("Category", "Rules")]
public sealed class PaymentRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_payment_goes_when_it_last_changed_before_the_time()
    {
        var payment = Payment.Create("P707XGH60NX-Xt_qRTuJ2", "payment_service_1", "user_1", Details(), Now);

        Assert.True(PaymentRetention.MayGo(payment, Now.AddMilliseconds(1)));
        Assert.False(PaymentRetention.MayGo(payment, Now));
        Assert.False(PaymentRetention.MayGo(payment with { UpdatedAt = Now.AddYears(1) }, Now.AddYears(1)));
    }

    [Fact]
    public void What_is_not_decided_stays()
    {
        var paid = Payment.Create("P707XGH60NX-Xt_qRTuJ2", "payment_service_1", "user_1", Details(), Now) with { Status = PaymentStatus.Paid, SucceededAt = Now };
        var refund = new Refund { Id = "re_1", AmountInCents = 1, Status = RefundStatus.Pending, CreatedAt = Now, UpdatedAt = Now };
        var dispute = new ChargeDispute("dp_1", 1130, "fraudulent", DisputeStatus.Open, Now);
        var later = Now.AddYears(10);

        Assert.True(PaymentRetention.MayGo(paid, later));
        Assert.False(PaymentRetention.MayGo(paid with { Refunds = [refund] }, later));
        Assert.True(PaymentRetention.MayGo(paid with { Refunds = [refund with { Status = RefundStatus.Failed }] }, later));
        Assert.False(PaymentRetention.MayGo(paid with { Disputes = [dispute] }, later));
        Assert.True(PaymentRetention.MayGo(paid with { Disputes = [dispute with { Status = DisputeStatus.Lost }] }, later));
        Assert.False(PaymentRetention.MayGo(paid with { Status = PaymentStatus.Unpaid, LiveAttempt = new LiveAttempt("att_1", "card", IsPending: false) }, later));
    }

    private static PaymentDetails Details() => new()
    {
        ReferenceId = "INV-1", PayerName = "Tan", Description = "Fee", AmountInCents = 1130, DueDate = "31-DEC-2026", Metadata = [], LineItems = [],
    };
}
