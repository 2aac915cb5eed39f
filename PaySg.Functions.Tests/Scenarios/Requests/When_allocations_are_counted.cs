using System.Globalization;
using PaySg.Benchmarks;
using PaySg.Functions.Tests.Fixtures;
using Xunit.Abstractions;

namespace PaySg.Functions.Tests.Scenarios;

/// <summary>
/// What a call allocates, with storage in memory as <c>PaySg.Benchmarks</c> has it. Nothing there waits, so all of a call runs on one thread, whose bytes are counted. It runs
/// alone all the same: where another test listens to traces, more is made. This is a build for debugging, which allocates more than one for release: the figures of that are in docs/operate/performance.md.
/// </summary>
[Collection(Alone.Name)]
public sealed class When_allocations_are_counted(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Calls = 200;
    private static readonly TimeSpan CompilerTime = TimeSpan.FromMilliseconds(150);
    private ProductBuild product = null!;

    public async Task InitializeAsync() => product = await ProductBuild.LoadAsync(AppContext.BaseDirectory);

    public async Task DisposeAsync() => await product.DisposeAsync();

    [Fact]
    public async Task Should_create_with_little_where_nobody_subscribes() => Assert.InRange(await KibibytesAsync(product.CreateUnheardAsync), 0, 29);

    [Fact]
    public async Task Should_create_and_send_a_message_with_little() => Assert.InRange(await KibibytesAsync(product.CreateAsync), 0, 37);

    [Fact]
    public async Task Should_create_with_a_key_and_send_a_message_with_little() => Assert.InRange(await KibibytesAsync(product.CreateKeyedAsync), 0, 46);

    [Fact]
    public async Task Should_read_with_little() => Assert.InRange(await KibibytesAsync(product.GetAsync), 0, 14);

    private async Task<double> KibibytesAsync(Func<Task> call)
    {
        for (var i = 0; i < Calls; i++)
            await call();

        // The least of some rounds: what a round does for the first time, or for the runtime's compiler, is not the call's.
        var least = double.MaxValue;
        for (var round = 0; round < 8; round++)
        {
            await Task.Delay(CompilerTime, TimeProvider.System, CancellationToken.None); // On a busy machine it has not come to it otherwise.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                var called = call();
                Assert.True(called.IsCompletedSuccessfully);
                await called;
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / Calls);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{least:F1} KiB"));
        return least;
    }
}
