using PaySg.Functions.Http;

namespace PaySg.Functions.Tests.Http;

public sealed class RequestTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1768440600005", 1_768_440_600_005)]
    [InlineData("2026-01-15T09:30:00.005+08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T09:30:00.005 08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00.005Z", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30Z", 1_768_440_600_000)]
    [InlineData("2026-01-14T20:30:00-05:00", 1_768_440_600_000)]
    public void A_time_is_ISO_8601_with_an_offset_or_milliseconds(string text, long expected) =>
        Assert.Equal(expected, RequestTime.Parse(text)!.Value.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("253402300800000")]
    [InlineData("2026-01-15")]
    [InlineData("2026-01-15T09:30:00")]
    [InlineData("2026-02-30T09:30:00Z")]
    [InlineData("yesterday")]
    public void Anything_else_is_none(string? text) => Assert.Null(RequestTime.Parse(text));
}
