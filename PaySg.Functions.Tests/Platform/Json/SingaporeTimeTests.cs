using System.Text;
using PaySg.Functions.Platform.Json;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Json;

public sealed class SingaporeTimeTests
{
    [Theory]
    [InlineData("2023-08-03T09:36:52.634+00:00", "2023-08-03T17:36:52.634+08:00")]
    [InlineData("2025-12-31T16:00:00.000+00:00", "2026-01-01T00:00:00.000+08:00")]
    [InlineData("2026-01-01T00:00:00.0009999-05:00", "2026-01-01T13:00:00.000+08:00")]
    public void A_time_is_printed_with_milliseconds_and_the_offset_of_Singapore(string time, string expected)
    {
        Assert.Equal(expected, SingaporeTime.Format(DateTimeOffset.Parse(time)));
        Assert.Equal(
            $$"""{"a":"{{expected}}","b":"{{expected}}","c":null,"d":null}""",
            Encoding.UTF8.GetString(JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteSingaporeTime("a", DateTimeOffset.Parse(time));
                json.WriteSingaporeTime("b"u8, DateTimeOffset.Parse(time));
                json.WriteSingaporeTime("c", null);
                json.WriteSingaporeTime("d"u8, null);
                json.WriteEndObject();
            })));
    }

    [Fact]
    public void The_time_is_cut_to_the_milliseconds_that_are_shown()
    {
        var clock = new SkippingClock(new DateTimeOffset(2026, 1, 15, 1, 30, 0, 123, TimeSpan.Zero).AddTicks(9_999));

        Assert.Equal(new DateTimeOffset(2026, 1, 15, 1, 30, 0, 123, TimeSpan.Zero), clock.NowInMilliseconds());
    }
}
