using Azure.Storage.Queues;
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

    private static async Task<bool> IsEmptyAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;

    private async Task<QueueClient> QueueAsync(string name)
    {
        var queue = storage.GetQueueClient(name);
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    private Task<LocalFunctionHost> StartAsync(Type functions, HostJsonQueues? queues = null, double timeScale = 1) =>
        (Sample.Options(functions).With(journal).With("AzureWebJobsStorage", connection) with
        {
            LoggerFactory = log.AsFactory(),
            TimeScale = timeScale,
            HostJson = Sample.HostJson with { Queues = queues ?? Sample.HostJson.Queues },
        }).StartAsync();
}
