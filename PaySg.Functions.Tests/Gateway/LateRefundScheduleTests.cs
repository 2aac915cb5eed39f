using PaySg.Functions.Gateway;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class LateRefundScheduleTests
{
    [Fact]
    public void A_refused_refund_is_asked_for_again_with_longer_and_longer_pauses_for_ever()
    {
        var since = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_000);
        var asked = new List<double>();
        for (var now = since; asked.Count < 12; now = LateRefundSchedule.Next(since, now))
            asked.Add((now - since).TotalMinutes);

        Assert.False(LateRefundSchedule.IsEarly(since, since, since - TimeSpan.FromSeconds(2)));
        Assert.True(LateRefundSchedule.IsEarly(since.AddMinutes(5), since, since.AddMinutes(4)));
        Assert.False(LateRefundSchedule.IsEarly(since.AddMinutes(5), since, since.AddMinutes(5)));
        Assert.Equal([0, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 4000], asked);
    }
}
