using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

public sealed class HostLimitsTests
{
    private const string Host = "victim.example";
    private readonly SkippingClock clock = new();

    /// <summary>The figure that docs/integrate/webhooks.md states: whoever asks for whatever, no minute sees more.</summary>
    [Fact]
    public void No_minute_sees_more_attempts_at_a_host_than_the_setting_says()
    {
        var settings = Settings();
        var limits = new HostLimits(settings, clock);
        var asked = new List<DateTimeOffset>();
        for (var tick = 0; tick < 1800; tick++)
        {
            // A hundred endpoints that always have something to send, and a host that takes everything at once.
            for (var endpoint = 0; endpoint < 100; endpoint++)
            {
                if (Ask(limits, $"we_{endpoint}", succeeds: true))
                    asked.Add(clock.GetUtcNow());
            }

            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        var most = asked.Max(begin => asked.Count(time => time >= begin && time < begin + TimeSpan.FromMinutes(1)));
        Assert.Equal(1200, settings.PostsPerMinute);
        Assert.InRange(most, 1150, 1200);
    }

    [Fact]
    public void One_endpoint_leaves_a_quarter_of_the_rate_to_others()
    {
        var limits = Limits();
        while (Ask(limits, "we_flood", succeeds: true))
        {
        }

        Assert.True(Ask(limits, "we_other", succeeds: true));
        var other = 1;
        while (Ask(limits, "we_other", succeeds: true))
            other++;
        Assert.Equal(240 / 4, other);
    }

    [Fact]
    public void A_hosts_places_are_shared_by_all_its_endpoints_and_no_other_host_is_touched()
    {
        var limits = Limits();
        var taken = Enumerable.Range(0, HostLimits.PlacesPerHost).Select(i => limits.Enter(Host, $"we_{i % 4}", isAskedFor: false)).ToList();

        Assert.All(taken, place => Assert.Null(place.PutBackFor));
        Assert.NotNull(limits.Enter(Host, "we_9", isAskedFor: false).PutBackFor);
        Assert.Null(limits.Enter("another.example", "we_9", isAskedFor: false).PutBackFor);
        taken[0].Dispose();
        Assert.Null(limits.Enter(Host, "we_9", isAskedFor: false).PutBackFor);
    }

    [Fact]
    public void A_host_that_answers_nothing_but_failures_is_asked_ever_less_and_one_success_ends_that()
    {
        var limits = Limits();
        var pauses = new List<double>();
        for (var failures = 1; failures <= 32; failures++)
        {
            var before = clock.GetUtcNow();
            while (!Ask(limits, "we_1", succeeds: false))
                clock.Advance(TimeSpan.FromSeconds(1));
            pauses.Add((clock.GetUtcNow() - before).TotalSeconds);
        }

        Assert.All(pauses.Take(HostLimits.ToleratedFailures), pause => Assert.Equal(0, pause));
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], pauses.Skip(HostLimits.ToleratedFailures));
        clock.Advance(HostLimits.LongestPause);
        Assert.True(Ask(limits, "we_1", succeeds: true));
        Assert.True(Ask(limits, "we_1", succeeds: true));
    }

    [Fact]
    public void An_endpoint_that_has_not_failed_does_not_wait_for_one_that_has_nor_does_what_is_asked_for()
    {
        var limits = Limits();
        for (var i = 0; i < 100; i++)
            Ask(limits, "we_dead", succeeds: false);
        Assert.False(Ask(limits, "we_dead", succeeds: false));

        Assert.True(Ask(limits, "we_other", succeeds: false));
        Assert.True(Ask(limits, "we_dead", succeeds: false, isAskedFor: true));
        Assert.False(Ask(limits, "we_other", succeeds: false));
        Assert.True(Ask(limits, "we_third", succeeds: true));
        Assert.True(Ask(limits, "we_dead", succeeds: true));
    }

    [Fact]
    public void What_waits_comes_back_one_after_the_other_and_not_later_than_after_a_quarter_of_an_hour()
    {
        var limits = Limits();
        for (var i = 0; i < 100; i++)
            Ask(limits, "we_dead", succeeds: false);

        var delays = Enumerable.Range(0, 2000).Select(_ => limits.Enter(Host, "we_dead", isAskedFor: false).PutBackFor!.Value).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, EndpointPlaces.ShortestPutBack, EndpointPlaces.LongestPutBack));
        Assert.Equal(delays.Order(), delays);
        Assert.Equal(EndpointPlaces.LongestPutBack, delays[^1]);
    }

    [Fact]
    public void An_attempt_that_sent_nothing_says_nothing_of_the_host()
    {
        var limits = Limits();
        for (var i = 0; i < 50; i++)
        {
            using var place = limits.Enter(Host, "we_1", isAskedFor: false);
            Assert.Null(place.PutBackFor);
            place.Post = Result(500) with { WasSent = false };
        }
    }

    [Fact]
    public void Hosts_are_forgotten_in_the_end_first_those_that_are_well()
    {
        var limits = Limits();
        for (var i = 0; i < 100; i++)
            Ask(limits, "we_dead", succeeds: false);
        for (var i = 0; i < 15_000; i++)
        {
            using var place = limits.Enter($"host{i}.example", "we_1", isAskedFor: true);
            place.Post = Result(200);
        }

        Assert.InRange(limits.Count, 1, 10_001);
        Assert.False(Ask(limits, "we_dead", succeeds: false));
    }

    private static bool Ask(HostLimits limits, string endpointId, bool succeeds, bool isAskedFor = false)
    {
        using var place = limits.Enter(Host, endpointId, isAskedFor);
        if (place.PutBackFor is not null)
            return false;
        place.Post = Result(succeeds ? 200 : 500);
        return true;
    }

    private static PostResult Result(int status) => new(default, TimeSpan.FromMilliseconds(1), status, "", null, null);

    private static WebhookSettings Settings() => new();

    private HostLimits Limits() => new(Settings(), clock);
}
