using PaySg.Functions.Payments;

namespace PaySg.Functions.Tests.Payments;

[Trait("Category", "Rules")]
public sealed class FailedTriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_limit_is_twenty_in_a_day()
    {
        Assert.Equal((20, TimeSpan.FromDays(1)), (FailedTries.Limit, FailedTries.Window));
    }

    [Fact]
    public void Each_attempt_counts_and_the_first_says_since_when()
    {
        var guesses = FailedTries.Add(FailedTries.Add(null, Now), Now.AddHours(23));

        Assert.Equal(new FailedTries(Now, 2), guesses);
    }

    [Fact]
    public void A_day_after_the_first_the_count_begins_anew()
    {
        Assert.Equal(new FailedTries(Now.AddHours(24), 1), FailedTries.Add(new FailedTries(Now, 19), Now.AddHours(24)));
        Assert.Equal(new FailedTries(Now, 20), FailedTries.Add(new FailedTries(Now, 19), Now.AddHours(24).AddMilliseconds(-1)));
    }

    [Theory]
    [InlineData(19, 0, 0)]
    [InlineData(20, 0, 24)]
    [InlineData(20, 23, 1)]
    [InlineData(20, 24, 0)]
    [InlineData(21, 1, 23)]
    public void After_the_limit_the_next_waits_for_the_day_to_end(int count, int hoursLater, int hoursToWait)
    {
        Assert.Equal(TimeSpan.FromHours(hoursToWait), new FailedTries(Now, count).WaitAt(Now.AddHours(hoursLater)));
    }

    [Fact]
    public void What_was_not_judged_is_taken_back()
    {
        Assert.Equal(new FailedTries(Now, 2), FailedTries.TakeBack(new FailedTries(Now, 3)));
        Assert.Null(FailedTries.TakeBack(new FailedTries(Now, 1)));
        Assert.Null(FailedTries.TakeBack(null));
    }
}
