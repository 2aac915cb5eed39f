using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class LateRefundTryTests
{
    private static readonly DateTimeOffset Due = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_123);
    private static readonly OutboxRow First = new("payment_service_1", Due, OutboxKind.LateCharge, "P1.att_1");
    private static readonly GatewayAttempt Charged = new(new AttemptKey("payment_service_1", "P1", "att_1"), Money.OfCents(1130), MethodKinds.Card, Due.AddHours(-1));

    [Fact]
    public void The_first_try_has_the_attempts_id()
    {
        Assert.Equal(new LateRefundTry("P1.att_1", 0), LateRefundTry.Of(First));
        Assert.Equal(new GatewayRefund(Charged, "att_1", Money.OfCents(1130), Due), LateRefundTry.Of(First).RefundOf(Charged, First));
        Assert.Equal(0, LateRefundTry.NumberOf("att_1"));
    }

    [Fact]
    public void Each_further_try_is_another_refund()
    {
        var row = First;
        for (var number = 1; number <= 11; number++)
        {
            row = LateRefundTry.Of(row).Next(row, Due.AddHours(number));

            Assert.Equal(new OutboxRow("payment_service_1", Due.AddHours(number), OutboxKind.LateCharge, $"P1.att_1.t{number}"), row);
            Assert.Equal(new LateRefundTry("P1.att_1", number), LateRefundTry.Of(row));
            Assert.Equal(new GatewayRefund(Charged, $"att_1.t{number}", Money.OfCents(1130), Due.AddHours(number)), LateRefundTry.Of(row).RefundOf(Charged, row));
            Assert.Equal(number, LateRefundTry.NumberOf($"att_1.t{number}"));
        }
    }

    [Theory]
    [InlineData("20261122094232879300772259433136", "20261122094232879300772259433136", 0)]
    [InlineData("20261122094232879300772259433136.t2", "20261122094232879300772259433136", 2)]
    [InlineData("P1.att_1.tx", "P1.att_1.tx", 0)]
    [InlineData("P1.att_1.t", "P1.att_1.t", 0)]
    [InlineData("P1.att_1.t1.t2", "P1.att_1.t1.t2", 0)]
    public void What_has_no_number_is_a_first_try(string subject, string expected, int number) =>
        Assert.Equal(new LateRefundTry(expected, number), LateRefundTry.Of(First with { Subject = subject }));

    [Theory]
    [InlineData("att_1.t")]
    [InlineData("att_1.tx")]
    public void A_refunds_id_without_a_number_is_that_of_a_first_try(string refundId) => Assert.Equal(0, LateRefundTry.NumberOf(refundId));
}
