using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

/// <summary>RFC 9110, section 10.2.3. What is asked for is never made shorter, but for the cap of twelve hours.</summary>
[Trait("Category", "Rules")]
public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0120", 120)]
    [InlineData("43199", 43199)]
    [InlineData("43200", 43200)]
    [InlineData("43201", 43200)]
    [InlineData("2147483648", 43200)]
    [InlineData("9999999999", 43200)]
    [InlineData("9223372036854775808", 43200)]
    [InlineData("99999999999999999999999999999999999999999999", 43200)]
    [InlineData("Thu, 15 Jan 2026 01:40:00 GMT", 600)]
    [InlineData("Thursday, 15-Jan-26 01:40:00 GMT", 600)]
    [InlineData("Thu Jan 15 01:40:00 2026", 600)]
    [InlineData("Thu, 15 Jan 2026 13:31:00 GMT", 43200)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 43200)]
    public void Seconds_and_dates_are_read_up_to_twelve_hours(string value, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(value));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("Thu, 15 Jan 2026 01:20:00 GMT")]
    public void Nothing_and_the_past_ask_for_no_wait(string value) => Assert.Null(Read(value));

    [Fact]
    public void A_date_is_measured_by_the_receiver_s_clock_where_that_gives_the_longer_wait()
    {
        Assert.Equal(TimeSpan.FromMinutes(20), Read("Thu, 15 Jan 2026 01:40:00 GMT", date: Now.AddMinutes(-10)));
        Assert.Equal(TimeSpan.FromMinutes(10), Read("Thu, 15 Jan 2026 01:40:00 GMT", date: Now.AddMinutes(5)));
        Assert.Equal(TimeSpan.FromMinutes(5), Read("Thu, 15 Jan 2026 01:20:00 GMT", date: Now.AddMinutes(-15)));
    }

    [Fact]
    public void The_longest_of_several_counts()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", ["60", "90", "soon"]);

        Assert.Equal(TimeSpan.FromSeconds(90), RetryAfter.Read(response.Headers, Now));
    }

    private static TimeSpan? Read(string value, DateTimeOffset? date = null)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", value);
        response.Headers.Date = date;
        return RetryAfter.Read(response.Headers, Now);
    }
}
