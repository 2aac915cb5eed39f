using PaySg.Functions.Platform.Http;

namespace PaySg.Functions.Tests.Platform.Http;

public sealed class RequestTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1768440600005", 1_768_440_600_005)]
    [InlineData("2026-01-15T09:30:00.005+08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T09:30:00.005 08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00.005Z", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30Z", 1_768_440_600_000)]
    [InlineData("2026-01-15T09:30:00.005999999+08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00.005123456789012345678901234567890Z", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00.00599Z", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00.5Z", 1_768_440_600_500)]
    [InlineData("2026-01-15t01:30:00z", 1_768_440_600_000)]
    [InlineData("2026-01-15t09:30:00.005+08:00", 1_768_440_600_005)]
    [InlineData("2026-01-15T01:30:00-00:00", 1_768_440_600_000)]
    [InlineData("2026-01-16T01:29:00+23:59", 1_768_440_600_000)]
    [InlineData("2016-12-31T23:59:60Z", 1_483_228_800_000)]
    [InlineData("2017-01-01T07:59:60.999+08:00", 1_483_228_800_000)]
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
    [InlineData("1795705000")]
    [InlineData("179570500000")]
    [InlineData("1795705000000000")]
    [InlineData("2026-01-15T09:30:00.Z")]
    [InlineData("2026-01-15T09:30:00,5Z")]
    [InlineData("2026-01-15T09:30:60Z")]
    [InlineData("2026-01-15T09:30:61Z")]
    [InlineData("2026-01-15T24:00:00Z")]
    [InlineData("2026-01-15T09:30:00Z\n")]
    [InlineData("2026-01-15T09:30:00+24:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("9999-12-31T23:59:59-08:00")]
    [InlineData("２０２６-01-15T09:30:00Z")]
    public void Anything_else_is_none(string? text) => Assert.Null(RequestTime.Parse(text));

    [Theory]
    [InlineData("1970-01-02", false, "1970-01-02T00:00:00+08:00")]
    [InlineData("2026-01-15", false, "2026-01-15T00:00:00+08:00")]
    [InlineData("2026-01-15", true, "2026-01-16T00:00:00+08:00")]
    [InlineData("9998-12-31", true, "9999-01-01T00:00:00+08:00")]
    [InlineData("2026-01-15T09:30:00Z", true, "2026-01-15T09:30:00Z")]
    [InlineData("0001-01-01", false, null)]
    [InlineData("0001-01-01", true, null)]
    [InlineData("0000-01-01", false, null)]
    [InlineData("1969-12-31", true, null)]
    [InlineData("1970-01-01", false, null)]
    [InlineData("9999-12-31", true, null)]
    [InlineData("2026-02-31", false, null)]
    [InlineData("31-FEB-2026", false, null)]
    public void A_bound_is_a_day_of_Singapore_or_a_time(string text, bool isEnd, string? expected) =>
        Assert.Equal(expected is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), RequestTime.ParseBound(text, isEnd));

    [Theory]
    [InlineData("1795705000", "seconds")]
    [InlineData("1795705000000000", "microseconds")]
    [InlineData("1795705000000000000", "nanoseconds")]
    public void A_number_in_another_unit_is_told_as_such(string text, string unit) =>
        Assert.Contains($"looks like {unit}", RequestTime.WhyNot(text), StringComparison.Ordinal);
}
