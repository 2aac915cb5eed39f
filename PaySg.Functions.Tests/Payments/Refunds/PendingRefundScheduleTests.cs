using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Tests.Payments.Refunds;

[Trait("Category", "Rules")]
public sealed class PendingRefundScheduleTests
{
    private static readonly DateTimeOffset Asked = new(2026, 1, 15, 9, 30, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(24, 24)]
    [InlineData(100, 24)]
    [InlineData(-1, 1)]
    public void Each_pause_is_as_long_as_all_before_from_an_hour_to_a_day(double age, double pause)
    {
        var now = Asked.AddHours(age);

        Assert.Equal(now.AddHours(pause), PendingRefundSchedule.Next(Asked, now));
    }
}
