using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Operations.Health;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Operations.Health;

public sealed class StorageReadinessTests : IAsyncLifetime
{
    private readonly ShiftedClock clock = new();
    private PaySgParts parts = null!;

    private StorageReadiness Readiness => parts.Get<StorageReadiness>();

    public async Task InitializeAsync()
    {
        parts = PaySgParts.Build(await TestAzurite.NewAccountAsync(), services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await parts.Tables.CreateMissingAsync(CancellationToken.None);
        await parts.Get<PaySgQueues>().CreateMissingAsync(CancellationToken.None);
        parts.Traffic.Forget();
    }

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task All_is_well_where_each_table_and_queue_answers_once()
    {
        Assert.Empty(await Readiness.ProblemsAsync());
        Assert.Equal(parts.Tables.All.Count + parts.Get<PaySgQueues>().All.Count, parts.Traffic.Requests.Count);
    }

    [Fact]
    public async Task However_many_ask_within_five_seconds_storage_is_asked_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Readiness.ProblemsAsync()));
        var asked = parts.Traffic.Requests.Count;
        clock.Shift = StorageReadiness.Lifetime - TimeSpan.FromSeconds(2);
        await Readiness.ProblemsAsync();
        Assert.Equal(asked, parts.Traffic.Requests.Count);

        clock.Shift = StorageReadiness.Lifetime;
        await Readiness.ProblemsAsync();
        Assert.Equal(2 * asked, parts.Traffic.Requests.Count);
    }

    [Fact]
    public async Task A_missing_table_and_a_missing_queue_are_named()
    {
        await parts.Tables.Deliveries.DeleteAsync(CancellationToken.None);
        await parts.Get<PaySgQueues>().Emails.DeleteAsync(CancellationToken.None);

        Assert.Equal(
            [
                "Table paysgdeliveries does not exist. Deploy the infrastructure again, or write PaySg__TablePrefix as the names of the tables begin, in the same letter case.",
                "Queue paysg-emails does not exist. Deploy the infrastructure again.",
            ],
            await Readiness.ProblemsAsync());
    }

    [Theory]
    [InlineData(20, "20 minutes ahead of")]
    [InlineData(-20, "20 minutes behind")]
    public async Task A_clock_that_is_20_minutes_off_is_a_problem_with_a_line(int minutes, string how)
    {
        clock.Shift = TimeSpan.FromMinutes(minutes);

        var problem = Assert.Single(await Readiness.ProblemsAsync());

        Assert.Equal($"This machine's clock is {how} storage's. Set it (NTP): signatures and tokens are refused.", problem);
        Assert.Contains(problem, Assert.Single(parts.Log.Of(1007)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_within_what_receivers_allow_is_none()
    {
        clock.Shift = StorageAdvice.ClockTolerance - TimeSpan.FromSeconds(30);

        Assert.Empty(await Readiness.ProblemsAsync());
    }

    [Fact]
    public async Task Storage_that_is_not_reachable_is_named_and_found_again_when_it_is_back()
    {
        parts.Traffic.IsCutOff = true;
        var problems = await Readiness.ProblemsAsync();
        Assert.Equal(parts.Tables.All.Count + parts.Get<PaySgQueues>().All.Count, problems.Count);
        Assert.All(problems, problem => Assert.EndsWith("cannot be reached.", problem, StringComparison.Ordinal));

        parts.Traffic.IsCutOff = false;
        clock.Shift = StorageReadiness.Lifetime;
        Assert.Empty(await Readiness.ProblemsAsync());
    }
}
