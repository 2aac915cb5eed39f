using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class HotRowRetryTests
{
    private readonly SkippingClock clock = new();

    [Fact]
    public async Task A_step_that_decides_at_once_does_not_wait()
    {
        Assert.Equal("done", await Retry(FixedRandom.Highest).UntilDecidedAsync(() => Task.FromResult<string?>("done"), CancellationToken.None));
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task A_step_that_lost_is_tried_again()
    {
        var tries = 0;

        var result = await Retry(FixedRandom.Highest).UntilDecidedAsync(() => Task.FromResult(++tries == 4 ? "done" : null), CancellationToken.None);

        Assert.Equal(("done", 4, 3), (result, tries, clock.Waits.Count));
    }

    [Fact]
    public async Task Patience_ends_after_20_seconds()
    {
        var started = clock.GetUtcNow();

        await Assert.ThrowsAsync<HotRowException>(() => Retry(FixedRandom.Middle).UntilDecidedAsync(() => Task.FromResult<string?>(null), CancellationToken.None));

        Assert.InRange(clock.GetUtcNow() - started, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20.6));
    }

    [Fact]
    public async Task Pauses_grow_up_to_half_a_second_and_are_drawn_at_random()
    {
        await Assert.ThrowsAsync<HotRowException>(() => Retry(FixedRandom.Highest).UntilDecidedAsync(() => Task.FromResult<string?>(null), CancellationToken.None));
        var longest = clock.Waits;
        Assert.InRange(longest[0], TimeSpan.FromMilliseconds(24), TimeSpan.FromMilliseconds(25));
        Assert.True(longest[1] > longest[0] && longest[2] > longest[1]);
        Assert.InRange(longest.Max(), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(505));

        var lucky = new SkippingClock();
        var tries = 0;
        await new HotRowRetry(lucky, FixedRandom.Lowest).UntilDecidedAsync(() => Task.FromResult(++tries == 50 ? "done" : null), CancellationToken.None);
        Assert.All(lucky.Waits, pause => Assert.Equal(TimeSpan.FromMilliseconds(5), pause));
    }

    [Fact]
    public async Task A_fault_of_the_step_is_not_tried_again()
    {
        var tries = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Retry(FixedRandom.Lowest).UntilDecidedAsync<string>(
            () =>
            {
                tries++;
                throw new InvalidOperationException();
            },
            CancellationToken.None));

        Assert.Equal(1, tries);
    }

    private HotRowRetry Retry(FixedRandom random) => new(clock, random);
}
