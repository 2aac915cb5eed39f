using PaySg.Functions.Access;
using PaySg.Functions.Platform.Ids;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

public sealed class OwnersTests
{
    [Fact]
    public async Task All_payment_services_and_accounts_and_the_gateway_are_owners_and_nothing_else_is()
    {
        await using var parts = await PaySgParts.StartAsync();
        var services = new[] { await parts.PaymentServiceAsync(), await parts.PaymentServiceAsync() };
        var accounts = new[] { await parts.AccountAsync(), await parts.AccountAsync() };
        await parts.CredentialAsync(accounts[0].Id);
        foreach (var rowKey in (string[])["k:record", "x:2026011500:record"])
            await parts.Tables.Access.AddEntityAsync(new Azure.Data.Tables.TableEntity(AccessRows.Owners, rowKey));

        Assert.Equal(
            services.Select(service => service.Id).Concat(accounts.Select(account => account.Id)).Append(OwnerIds.Gateway).Order(StringComparer.Ordinal),
            (await parts.Get<IOwners>().IdsAsync(CancellationToken.None).ToListAsync()).Order(StringComparer.Ordinal));
    }
}
