using PaySg.Functions.Json;

namespace PaySg.Functions.Tests.Json;

public sealed class JakartaTimeTests
{
    [Theory]
    [InlineData("2025-10-21T06:59:40Z", "2025-10-21T13:59:40+07:00")]
    [InlineData("2025-12-31T17:00:00Z", "2026-01-01T00:00:00+07:00")]
    [InlineData("2025-10-21T13:59:40.999+07:00", "2025-10-21T13:59:40+07:00")]
    [InlineData("2025-07-01T00:00:00-05:00", "2025-07-01T12:00:00+07:00")]
    public void A_time_is_printed_with_whole_seconds_and_the_offset_of_Jakarta(string time, string expected)
    {
        Assert.Equal(expected, JakartaTime.Format(DateTimeOffset.Parse(time)));
    }

    [Fact]
    public void The_instant_of_epoch_milliseconds_is_kept()
    {
        Assert.Equal("2025-03-03T07:00:00+07:00", JakartaTime.Format(DateTimeOffset.FromUnixTimeMilliseconds(1740960000000)));
    }
}
