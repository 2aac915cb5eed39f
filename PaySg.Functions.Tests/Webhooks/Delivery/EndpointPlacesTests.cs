using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

public sealed class EndpointPlacesTests
{
    private readonly SkippingClock clock = new();
    private readonly EndpointPlaces places;

    public EndpointPlacesTests() => places = new EndpointPlaces(clock);

    [Fact]
    public async Task Eight_have_a_place_and_the_ninth_is_put_back_after_a_second()
    {
        var taken = await FillAsync("we_1");

        using var ninth = await places.EnterAsync("we_1");

        Assert.All(taken, place => Assert.Null(place.PutBackFor));
        Assert.Equal(EndpointPlaces.ShortestPutBack, ninth.PutBackFor);
        Assert.Equal([TimeSpan.FromSeconds(1)], clock.Waits);
        using var elsewhere = await places.EnterAsync("we_2");
        Assert.Null(elsewhere.PutBackFor);
    }

    [Fact]
    public async Task A_place_that_is_left_can_be_taken_again()
    {
        var taken = await FillAsync("we_1");
        taken[3].Dispose();

        Assert.Null((await places.EnterAsync("we_1")).PutBackFor);
        Assert.NotNull((await places.EnterAsync("we_1")).PutBackFor);
    }

    [Fact]
    public async Task The_longer_the_backlog_and_the_attempts_the_longer_is_it_put_back()
    {
        var first = await places.EnterAsync("we_1");
        clock.Advance(TimeSpan.FromSeconds(80));
        first.Dispose();
        await FillAsync("we_1");

        var delays = new List<double>();
        for (var i = 0; i < 3; i++)
            delays.Add((await places.EnterAsync("we_1")).PutBackFor!.Value.TotalSeconds);

        // Each adds 80 s ÷ 8; a second passes while the next one waits.
        Assert.Equal([10, 19, 28], delays);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(10, (await places.EnterAsync("we_1")).PutBackFor!.Value.TotalSeconds);
        for (var i = 0; i < 200; i++)
            Assert.True((await places.EnterAsync("we_1")).PutBackFor <= EndpointPlaces.LongestPutBack);
    }

    [Fact]
    public async Task Endpoints_that_nothing_happens_at_are_forgotten_in_the_end()
    {
        var busy = await FillAsync("we_busy");
        for (var i = 0; i < 25_000; i++)
            (await places.EnterAsync($"we_{i}")).Dispose();

        Assert.True(places.Count <= 10_001, $"{places.Count}");
        Assert.NotNull((await places.EnterAsync("we_busy")).PutBackFor);
        Assert.Equal(EndpointPlaces.PerEndpoint, busy.Count);
    }

    private async Task<List<EndpointPlace>> FillAsync(string endpointId)
    {
        var taken = new List<EndpointPlace>();
        for (var i = 0; i < EndpointPlaces.PerEndpoint; i++)
            taken.Add(await places.EnterAsync(endpointId));
        return taken;
    }
}
