using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Outbox;

public sealed class SweepTests
{
    private const int Services = 2 * Sweep.AtOnce;

    /// <summary>Each question about an outbox waits until as many are under way as may be: swept one after the other, none would be answered.</summary>
    [Fact]
    public async Task Owners_are_swept_beside_each_other_and_never_more_than_a_few_at_once()
    {
        await using var app = await PaySgApp.StartAsync(settings: new Dictionary<string, string> { ["AzureWebJobs.Sweep.Disabled"] = "true" });
        var management = new ManagementClient(app.BaseAddress);
        for (var i = 0; i < Services; i++)
            await management.CreatedServiceAsync();

        // So that the sweep looks at every owner, late or not.
        await app.Services.GetRequiredService<PaySgTables>().Access.DeleteEntityAsync(WorkMarks.PartitionOf(0), WorkMarks.WholeSweepKey);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (asked, underWay, most) = (0, 0, 0);
        app.HttpTraffic.ComesBefore = async request =>
        {
            if (request.Filter?.Contains("'o:", StringComparison.Ordinal) != true || !request.Url.AbsolutePath.Contains("payments", StringComparison.Ordinal))
                return;
            lock (enough)
            {
                asked++;
                most = Math.Max(most, ++underWay);
                if (underWay == Sweep.AtOnce)
                    enough.TrySetResult();
            }

            await enough.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            lock (enough)
                underWay--;
        };

        await app.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

        Assert.Empty(app.Log.Of(2005));
        Assert.Equal(Sweep.AtOnce, most);
        Assert.InRange(asked, Services, Services + 2);
    }
}
