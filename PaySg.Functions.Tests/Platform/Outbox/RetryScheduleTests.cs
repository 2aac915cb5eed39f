using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Outbox;

[Trait("Category", "Rules")]
public sealed class RetryScheduleTests
{
    private static readonly TimeSpan[] Documented =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(18), TimeSpan.FromHours(22),
    ];

    [Fact]
    public void There_are_ten_attempts_over_71_6_hours()
    {
        Assert.Equal(Documented, RetrySchedule.Delays);
        Assert.Equal(71.6, Math.Round(Documented.Sum(delay => delay.TotalHours), 1));
    }

    [Fact]
    public void Each_delay_is_drawn_from_80_to_120_percent()
    {
        for (var made = 0; made < Documented.Length; made++)
        {
            Assert.Equal(Documented[made] * 0.8, RetrySchedule.DelayAfter(made, FixedRandom.Lowest));
            Assert.InRange(RetrySchedule.DelayAfter(made, FixedRandom.Highest)!.Value, Documented[made] * 1.199_999, Documented[made] * 1.2);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1000)]
    public void After_ten_attempts_there_is_no_other(int made)
    {
        Assert.Null(RetrySchedule.DelayAfter(made, FixedRandom.Middle));
    }
}
