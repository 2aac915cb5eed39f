using PaySg.LocalHost.Timers;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class TimerScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData("*/30 * * * * *", "2026-03-01T12:01:00Z")]
    [InlineData("0 */5 * * * *", "2026-03-01T12:05:00Z")]
    [InlineData("*/5 * * * *", "2026-03-01T12:05:00Z")]
    [InlineData("0 0 16 * * *", "2026-03-01T16:00:00Z")]
    [InlineData("0 0 0 * * MON", "2026-03-02T00:00:00Z")]
    [InlineData("0 0 0 13 * 5", "2026-03-13T00:00:00Z")]
    public void The_expression_is_ncrontabs_with_six_fields_or_five_at_second_0(string expression, string next)
    {
        var problems = new List<string>();

        Assert.Equal(DateTimeOffset.Parse(next, null), TimerSchedule.Parse(expression, "Timer", problems)!.Next(Now));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("0 0 0 ? * *")]
    [InlineData("0 0 0 L * *")]
    [InlineData("0 0 0 * * 7")]
    [InlineData("@daily")]
    [InlineData("0 0 25 * * *")]
    [InlineData("0 0 0 * * * *")]
    [InlineData("00:05:00")]
    public void What_azure_refuses_or_only_takes_on_other_plans_is_refused(string expression)
    {
        var problems = new List<string>();

        Assert.Null(TimerSchedule.Parse(expression, "Timer", problems));
        Assert.Single(problems);
    }
}
