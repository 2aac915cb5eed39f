using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Platform.Outbox;

public sealed class OutboxWorkTests
{
    /// <summary>Mails have a queue of their own, and so a function of their own. Notices of Stripe's have a worker where Stripe is the gateway.</summary>
    [Fact]
    public async Task Each_kind_of_row_has_exactly_one_worker()
    {
        await using var stripe = await StripeServer.StartAsync();
        await using var parts = PaySgParts.Build(await TestAzurite.NewAccountAsync(), settings: StripeApp.SettingsOf(stripe));
        var kinds = typeof(OutboxKind).GetFields().Select(field => (string)field.GetRawConstantValue()!).Where(kind => kind != OutboxKind.Mail);

        var served = parts.Get<IServiceProvider>().GetServices<IOutboxWork>().Select(worker => worker.Kind);

        Assert.Equal(kinds.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }
}
