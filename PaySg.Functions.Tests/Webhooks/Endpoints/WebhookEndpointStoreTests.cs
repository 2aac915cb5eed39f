using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Endpoints;

namespace PaySg.Functions.Tests.Webhooks.Endpoints;

public sealed class WebhookEndpointStoreTests : IAsyncLifetime
{
    private const string Account = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_768_440_600_123);
    private PaySgParts parts = null!;

    public async Task InitializeAsync() => parts = await PaySgParts.InMemoryAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task An_endpoint_that_storage_adds_late_does_not_undo_a_change_of_it()
    {
        var store = parts.Get<WebhookEndpointStore>();
        var added = WebhookEndpoint.OfAccount(Account, "https://old.example.com/notify", Now);
        await store.AddAsync(added, "write-1", CancellationToken.None);
        await store.SaveAsync(added.PointAt("https://new.example.com/notify", Now), CancellationToken.None);

        await store.AddAsync(added, "write-1", CancellationToken.None);

        Assert.Equal("https://new.example.com/notify", (await store.GetAsync(Account, added.Id, CancellationToken.None)).Endpoint.Url);
    }
}
