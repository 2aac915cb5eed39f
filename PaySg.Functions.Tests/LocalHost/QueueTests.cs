using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Tests.LocalHost.Samples;
using PaySg.LocalHost;
using PaySg.LocalHost.Settings;

namespace PaySg.Functions.Tests.LocalHost;

public sealed class QueueTests : IAsyncLifetime
{
    private readonly Journal journal = new();
    private readonly ListLogger log = new();
    private string connection = "";
    private QueueServiceClient storage = null!;

    public async Task InitializeAsync()
    {
        connection = await TestAzurite.NewAccountAsync();
        storage = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_message_is_deleted_after_its_function_returned()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("hello");
        await using var host = await StartAsync(typeof(WritesMessagesDown));

        await Eventually.TrueAsync(() => journal.Entries.Contains("hello"));
        await Eventually.TrueAsync(() => IsEmptyAsync(queue));
    }

    [Fact]
    public async Task A_failing_message_comes_again_at_once_and_is_poison_after_the_fifth_attempt_with_its_body_only()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("bad");
        await using var host = await StartAsync(typeof(FailsOnMessages));

        var poison = await PoisonedAsync("sample-poison");
        Assert.Equal("bad", poison.Body.ToString());
        Assert.Equal(["bad", "bad", "bad", "bad", "bad"], journal.Entries);
        Assert.Equal(0, poison.DequeueCount);
        await Eventually.TrueAsync(() => IsEmptyAsync(queue));
    }

    [Fact]
    public async Task A_visibility_timeout_puts_the_next_attempt_off()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("bad");
        await using var host = await StartAsync(typeof(FailsOnMessages), new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100), VisibilityTimeout = TimeSpan.FromMinutes(20) });
        await Eventually.TrueAsync(() => journal.Entries.Count == 1);
        await host.StopAsync();

        Assert.Equal(["bad"], journal.Entries);
        Assert.False(await IsVisibleAsync(queue));
        Assert.False(await IsEmptyAsync(queue));
    }

    [Fact]
    public async Task What_is_not_base64_goes_to_poison_as_it_is_without_a_call()
    {
        var queue = new QueueClient(connection, "sample");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync("{\"plain\":1}");
        await using var host = await StartAsync(typeof(WritesMessagesDown));

        var plain = new QueueClient(connection, "sample-poison");
        await Eventually.TrueAsync(async () => await plain.ExistsAsync() && await IsVisibleAsync(plain));
        Assert.Equal("{\"plain\":1}", (await plain.PeekMessageAsync()).Value.Body.ToString());
        Assert.Empty(journal.Entries);
        await Eventually.TrueAsync(() => IsEmptyAsync(queue));
    }

    [Fact]
    public async Task A_message_taken_too_often_is_poison_without_a_call()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("crashed");
        var taken = (await queue.ReceiveMessageAsync()).Value;
        await queue.UpdateMessageAsync(taken.MessageId, taken.PopReceipt, visibilityTimeout: TimeSpan.Zero);
        await using var host = await StartAsync(typeof(WritesMessagesDown), new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100), MaxDequeueCount = 1 });

        Assert.Equal("crashed", (await PoisonedAsync("sample-poison")).Body.ToString());
        Assert.Empty(journal.Entries);
    }

    [Fact]
    public async Task A_batch_runs_in_parallel_and_no_more_than_batch_and_threshold_allow()
    {
        var queue = await QueueAsync("sample");
        foreach (var number in Enumerable.Range(0, 8))
            await queue.SendMessageAsync($"{number}");
        await using var host = await StartAsync(typeof(WaitsInMessages), new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100), BatchSize = 2, NewBatchThreshold = 1 });

        await Eventually.TrueAsync(() => journal.Running == 2);
        journal.Gate.SetResult();
        await Eventually.TrueAsync(() => journal.Entries.Count == 8);
        Assert.InRange(journal.Most, 2, 3);
    }

    [Fact]
    public async Task A_batch_is_as_large_as_host_json_says()
    {
        var queue = await QueueAsync("sample");
        foreach (var number in Enumerable.Range(0, 20))
            await queue.SendMessageAsync($"{number}");
        await using var host = await StartAsync(typeof(WaitsInMessages), new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100), BatchSize = 16, NewBatchThreshold = 0 });

        await Eventually.TrueAsync(() => journal.Running == 16);
        Assert.Equal(4, (await queue.PeekMessagesAsync(32)).Value.Length);
        journal.Gate.SetResult();
        await Eventually.TrueAsync(() => journal.Entries.Count == 20);
        Assert.Equal(16, journal.Most);
    }

    [Fact]
    public async Task A_stop_waits_for_the_message_under_way_and_takes_no_more()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("one");
        await using var host = await StartAsync(typeof(WaitsInMessages), new HostJsonQueues { MaxPollingInterval = TimeSpan.FromMilliseconds(100), BatchSize = 1, NewBatchThreshold = 0 });
        await Eventually.TrueAsync(() => journal.Running == 1);

        var stop = host.StopAsync();
        await queue.SendMessageAsync("two");
        journal.Gate.SetResult();
        await stop;

        Assert.Equal(["one"], journal.Entries);
        Assert.Equal("two", (await queue.PeekMessageAsync()).Value.Body.ToString());
    }

    [Fact]
    public async Task A_message_that_is_gone_when_its_function_returns_is_tolerated()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("one");
        await using var host = await StartAsync(typeof(WaitsInMessages));
        await Eventually.TrueAsync(() => journal.Running == 1);
        await queue.ClearMessagesAsync();
        journal.Gate.SetResult();
        await Eventually.TrueAsync(() => journal.Entries.Contains("one"));
        await host.StopAsync();

        Assert.False(log.Has("Error: "));
    }

    [Fact]
    public async Task Connection_and_queue_name_come_from_settings_and_the_name_is_lowered()
    {
        var queue = await QueueAsync("named-queue");
        await queue.SendMessageAsync("hello");
        await using var host = await (Sample.Options(typeof(ReadsNamedQueue)).With(journal).With("AzureWebJobsOther", connection).With("QUEUE", "Named-Queue")).StartAsync();

        await Eventually.TrueAsync(() => journal.Entries.Contains("hello"));
    }

    [Fact]
    public async Task A_queue_that_is_missing_is_not_made_and_works_as_soon_as_it_is_there()
    {
        await using var host = await StartAsync(typeof(WritesMessagesDown));
        Assert.False(await storage.GetQueueClient("sample").ExistsAsync());

        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("late");

        await Eventually.TrueAsync(() => journal.Entries.Contains("late"));
    }

    [Fact]
    public async Task Storage_that_refuses_is_said_and_asked_again()
    {
        await using var proxy = await StorageProxy.StartAsync(connection);
        var queue = await QueueAsync("sample");
        proxy.Refuses = request => request.Path.Value!.EndsWith("/sample/messages", StringComparison.Ordinal) && !journal.Gate.Task.IsCompleted ? (403, "AuthorizationFailure") : null;
        await using var host = await Options(typeof(WritesMessagesDown)).With("AzureWebJobsStorage", proxy.Connection).StartAsync();
        await Eventually.TrueAsync(() => log.Has("The queues cannot be read"));

        journal.Gate.SetResult();
        await queue.SendMessageAsync("after all");

        await Eventually.TrueAsync(() => journal.Entries.Contains("after all"));
    }

    [Fact]
    public async Task A_disabled_function_takes_no_messages()
    {
        var queue = await QueueAsync("sample");
        await queue.SendMessageAsync("one");
        await using var host = await Options(typeof(FailsOnMessages), typeof(ReadsNamedQueue))
            .With("AzureWebJobs.FailsOnMessages.Disabled", "true").With("QUEUE", "other").With("Other", connection).StartAsync();
        var other = await QueueAsync("other");
        await other.SendMessageAsync("two");

        await Eventually.TrueAsync(() => journal.Entries.Contains("two"));
        Assert.Equal(["two"], journal.Entries);
        Assert.True(await IsVisibleAsync(queue));
    }

    [Fact]
    public async Task A_time_scale_divides_the_delay_of_messages_that_the_product_sends_and_the_product_does_not_know()
    {
        await using var host = await StartAsync(typeof(WritesMessagesDown), timeScale: 1000);
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        foreach (var policy in host.ServicesOf("http").GetServices<HttpPipelinePolicy>())
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        var queue = new QueueClient(connection, "sample", options);
        await queue.CreateAsync();
        await queue.SendMessageAsync("in ten minutes", visibilityTimeout: TimeSpan.FromMinutes(10));

        await Eventually.TrueAsync(() => journal.Entries.Contains("in ten minutes"));
    }

    [Fact]
    public async Task Without_a_time_scale_there_is_no_policy()
    {
        await using var host = await StartAsync(typeof(WritesMessagesDown));

        Assert.Empty(host.ServicesOf("http").GetServices<HttpPipelinePolicy>());
    }

    private static async Task<bool> IsVisibleAsync(QueueClient queue) => (await queue.PeekMessagesAsync(1)).Value.Length > 0;

    private async Task<PeekedMessage> PoisonedAsync(string name)
    {
        var queue = storage.GetQueueClient(name);
        await Eventually.TrueAsync(async () => await queue.ExistsAsync() && await IsVisibleAsync(queue));
        return (await queue.PeekMessageAsync()).Value;
    }

    private static async Task<bool> IsEmptyAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;

    private async Task<QueueClient> QueueAsync(string name)
    {
        var queue = storage.GetQueueClient(name);
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    private LocalHostOptions Options(params Type[] functions) => Sample.Options(functions).With(journal).With(log).With("AzureWebJobsStorage", connection);

    private Task<LocalFunctionHost> StartAsync(Type functions, HostJsonQueues? queues = null, double timeScale = 1) =>
        (Options(functions) with { TimeScale = timeScale, HostJson = Sample.HostJson with { Queues = queues ?? Sample.HostJson.Queues } }).StartAsync();
}
