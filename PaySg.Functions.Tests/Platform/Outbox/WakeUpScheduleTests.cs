using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Platform.Outbox;

[Trait("Category", "Rules")]
public sealed class WakeUpScheduleTests
{
    private static readonly DateTimeOffset Due = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_000);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    [InlineData(89, 1)]
    [InlineData(90, 2)]
    [InlineData(210, 3)]
    [InlineData(450, 4)]
    [InlineData(900, 5)]
    [InlineData(1799, 5)]
    [InlineData(1800, 6)]
    [InlineData(3600, 8)]
    [InlineData(86_400, 100)]
    [InlineData(-5, 0)]
    public void A_row_is_woken_soon_and_then_with_longer_and_longer_pauses(int secondsLate, int wakeUps)
    {
        Assert.Equal(wakeUps, WakeUpSchedule.CountAt(TimeSpan.FromSeconds(secondsLate)));
    }

    [Theory]
    [InlineData(-5, 30)]
    [InlineData(29, 30)]
    [InlineData(30, 90)]
    [InlineData(449, 450)]
    [InlineData(450, 900)]
    [InlineData(900, 1800)]
    [InlineData(1799, 1800)]
    [InlineData(1800, 2700)]
    [InlineData(86_400, 87_300)]
    public void The_next_wake_up_is_the_first_one_after_now(int secondsLate, int next)
    {
        Assert.Equal(Due.AddSeconds(next), WakeUpSchedule.NextAfter(Due, Due.AddSeconds(secondsLate)));
    }

    [Fact]
    public void However_often_it_is_swept_each_wake_up_comes_once()
    {
        foreach (var period in (int[])[1, 7, 30, 61, 400])
        {
            DateTimeOffset? last = null;
            var woken = 0;
            for (var now = Due; now <= Due + TimeSpan.FromHours(1); now += TimeSpan.FromSeconds(period))
            {
                if (!WakeUpSchedule.IsDue(Due, last, now))
                    continue;
                last = now;
                woken++;
            }

            Assert.InRange(woken, period < 60 ? 7 : 5, 8);
        }
    }

    [Fact]
    public void A_row_that_is_moved_on_is_moved_further_each_time()
    {
        foreach (var (wakeUps, minutes) in (IEnumerable<(int, int)>)[(0, 5), (1, 5), (2, 10), (3, 15), (4000, 15)])
            Assert.Equal(minutes, WakeUpSchedule.MoveAfter(wakeUps).TotalMinutes);
    }
}
