using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Azure;
using Azure.Core.Diagnostics;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using PaySg.Functions.Platform.Diagnostics;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Diagnostics;

/// <summary>What storage answers by our own protocol (a conflict, a missing row) is no failure in traces and logs; what it refuses is.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_worker_tells_of_its_own_steps_alone()
    {
        var steps = await TraceAsync(parts => MeetExpectedAsync(parts.Tables.Payments));

        Assert.Empty(steps);
    }

    [Fact]
    public async Task Where_somebody_listens_to_the_client_too_what_was_expected_has_not_failed()
    {
        var steps = await TraceAsync(parts => MeetExpectedAsync(parts.Tables.Payments), "Azure.*");

        Assert.Contains(steps, step => step.DisplayName == "TableClient.SubmitTransaction");
        Assert.Contains(steps, step => step.DisplayName == "TableClient.DeleteEntity");
        Assert.DoesNotContain(steps, step => step.Status == ActivityStatusCode.Error || step.GetTagItem("error.type") is not null);
    }

    [Fact]
    public async Task And_a_fault_has()
    {
        var steps = await TraceAsync(
            async parts =>
            {
                var missing = new TableServiceClient(await TestAzurite.NewAccountAsync()).GetTableClient("missing");
                await Assert.ThrowsAnyAsync<RequestFailedException>(() => missing.SubmitAsync(new EntityGroup("w").Insert(new TableEntity("p", "r")), CancellationToken.None));
            },
            "Azure.*");

        Assert.Contains(steps, step => step.DisplayName == "TableClient.SubmitTransaction" && step.Status == ActivityStatusCode.Error);
    }

    [Fact]
    public async Task The_client_logs_no_error_for_what_was_expected()
    {
        var lines = new ConcurrentQueue<string>();
        await using var parts = await PaySgParts.StartAsync();
        var account = parts.Tables.Payments.AccountName;
        using var listener = new AzureEventSourceListener((line, _) => lines.Enqueue(line.EventName + " " + string.Join(' ', line.Payload ?? [])), EventLevel.Informational);

        await MeetExpectedAsync(parts.Tables.Payments);

        var requests = lines.Where(line => line.StartsWith("Request ", StringComparison.Ordinal) && line.Contains($"/{account}/", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).ToHashSet();
        Assert.NotEmpty(requests);
        Assert.DoesNotContain(lines, line => line.StartsWith("ErrorResponse", StringComparison.Ordinal) && requests.Contains(line.Split(' ')[1]));
    }

    /// <summary>A missing row read and deleted, a version that is old, a row that is there, and one that is gone.</summary>
    private static async Task MeetExpectedAsync(TableClient table)
    {
        var version = Assert.IsType<WriteResult.Committed>(await SubmitAsync(new EntityGroup("1").Insert(new TableEntity("p", "r")))).MainETag;
        await SubmitAsync(new EntityGroup("2").Merge(new TableEntity("p", "r")));

        Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("3").Insert(new TableEntity("p", "r"))));
        Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("4").Replace(new TableEntity("p", "r"), version)));
        Assert.IsType<WriteResult.Conflict>(await SubmitAsync(new EntityGroup("5").Merge(new TableEntity("p", "gone"))));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "gone")).HasValue);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "gone", ETag.All)).Status);
        Assert.Equal(412, (await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", version))).Status);

        Task<WriteResult> SubmitAsync(EntityGroup group) => table.SubmitAsync(group, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<Activity>> TraceAsync(Func<PaySgParts, Task> act, params string[] alsoListensTo)
    {
        await using var parts = await PaySgParts.StartAsync();
        var kept = new Keeper();
        await using var services = new ServiceCollection().AddLogging().AddTelemetry(new ConfigurationBuilder().Build())
            .ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(alsoListensTo).AddProcessor(kept)).BuildServiceProvider();
        _ = services.GetRequiredService<TracerProvider>();
        using var root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        root.ActivityTraceFlags = ActivityTraceFlags.Recorded;

        await act(parts);

        return [.. kept.Steps.Where(step => step.TraceId == root.TraceId)];
    }

    private sealed class Keeper : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Steps { get; } = new();

        public override void OnEnd(Activity data) => Steps.Enqueue(data);
    }
}
