using PaySg.Functions.Access;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

public sealed class PaymentServiceStoreTests : IAsyncLifetime
{
    private PaySgParts parts = null!;

    private PaymentServiceStore Services => parts.Get<PaymentServiceStore>();

    public async Task InitializeAsync() => parts = await PaySgParts.StartAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_payment_service_is_found_by_id_by_code_and_in_the_list()
    {
        var service = await parts.PaymentServiceAsync();
        var other = await parts.PaymentServiceAsync();

        Assert.Equal(service, await Services.FindAsync(service.Id, CancellationToken.None));
        Assert.Equal(service.Id, await Services.FindIdByCodeAsync(service.Code, CancellationToken.None));
        Assert.Equal(new[] { service.Id, other.Id }.Order(StringComparer.Ordinal), (await Services.ListAsync(10, after: null, CancellationToken.None)).Select(found => found.Id));
    }

    [Fact]
    public async Task A_code_is_remembered_because_it_never_changes()
    {
        var service = await parts.PaymentServiceAsync();
        await Services.FindIdByCodeAsync(service.Code, CancellationToken.None);
        parts.Traffic.Forget();
        parts.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(service.Id, await Services.FindIdByCodeAsync(service.Code, CancellationToken.None));
        Assert.Empty(parts.Traffic.Requests);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_and_not_remembered()
    {
        Assert.Null(await Services.FindAsync("payment_service_unknown", CancellationToken.None));
        Assert.Null(await Services.FindIdByCodeAsync("none", CancellationToken.None));
        parts.Traffic.Forget();

        Assert.Null(await Services.FindIdByCodeAsync("none", CancellationToken.None));
        Assert.Single(parts.Traffic.Requests);
    }

    [Fact]
    public async Task Two_payment_services_never_share_a_code()
    {
        // The first draw is taken already; the second is free.
        var draws = new Queue<byte>([1, 1, 2]);
        var ids = new IdGenerator(parts.Clock, new DrawnRandom(draws));
        using var cache = new AccessCache(parts.Clock);
        var services = new PaymentServiceStore(parts.Tables, cache, ids, parts.Clock);

        var first = await services.PrepareAsync("First", "payment_service_1", CancellationToken.None);
        var second = await services.PrepareAsync("Second", "payment_service_2", CancellationToken.None);

        Assert.Equal(("0009", "111I"), (first.Code, second.Code));
        Assert.Equal("payment_service_1", await services.FindIdByCodeAsync("0009", CancellationToken.None));
    }

    /// <summary>Draws codes (5 bytes for 4 characters) from a list; anything else is random, as write ids must be.</summary>
    private sealed class DrawnRandom(Queue<byte> draws) : IRandomSource
    {
        public void Fill(Span<byte> buffer)
        {
            if (buffer.Length == 5)
                buffer.Fill(draws.Dequeue());
            else
                System.Security.Cryptography.RandomNumberGenerator.Fill(buffer);
        }
    }
}
