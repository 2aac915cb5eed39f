using PaySg.Functions.PaymentLinks.Histories;

namespace PaySg.Functions.Tests.PaymentLinks.Histories;

public sealed class TimeRangeTests
{
    [Theory]
    [InlineData("09:30:00.000", "09:30:00", "09:30:00", true)]
    [InlineData("09:30:00.999", "09:30:00", "09:30:00", true)]
    [InlineData("09:29:59.999", "09:30:00", null, false)]
    [InlineData("09:30:01.000", null, "09:30:00", false)]
    [InlineData("09:30:00.900", "09:30:00.500", null, false)]
    [InlineData("09:30:01.000", "09:30:00.500", null, true)]
    [InlineData("09:30:00.900", null, "09:30:00.500", true)]
    [InlineData("09:30:00.900", null, null, true)]
    public void Both_ends_are_included_and_times_compared_as_they_are_shown(string time, string? from, string? to, bool expected)
    {
        Assert.Equal(expected, new TimeRange(At(from), At(to)).Contains(At(time)));
    }

    [Fact]
    public void No_time_at_all_is_only_in_the_span_without_ends()
    {
        Assert.True(default(TimeRange).Contains(null));
        Assert.False(new TimeRange(At("09:30:00"), null).Contains(null));
        Assert.False(new TimeRange(null, At("09:30:00")).Contains(null));
    }

    private static DateTimeOffset? At(string? time) => time is null ? null : DateTimeOffset.Parse($"2026-01-15T{time}+07:00");
}
