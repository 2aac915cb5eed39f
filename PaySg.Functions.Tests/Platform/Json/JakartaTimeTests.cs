using PaySg.Functions.Platform.Json;

namespace PaySg.Functions.Tests.Platform.Json;

public sealed class JakartaTimeTests
{
    [Theory]
    [InlineData("2025-10-21T06:59:40Z", "2025-10-21T13:59:40+07:00", "20251021")]
    [InlineData("2025-10-21T16:59:59.999Z", "2025-10-21T23:59:59+07:00", "20251021")]
    [InlineData("2025-10-21T17:00:00Z", "2025-10-22T00:00:00+07:00", "20251022")]
    [InlineData("2025-10-22T00:30:00+08:00", "2025-10-21T23:30:00+07:00", "20251021")]
    public void A_time_is_printed_to_the_second_as_in_Jakarta(string time, string expected, string date)
    {
        var parsed = DateTimeOffset.Parse(time, null);

        Assert.Equal((expected, date), (JakartaTime.Format(parsed), JakartaTime.Date(parsed)));
    }
}
