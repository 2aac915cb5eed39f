using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PaySg.Functions.Operations.Housekeeping;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_idempotency_keys_grow_old
{
    private readonly ShiftedClock clock = new();

    [Fact]
    public async Task Should_be_kept_for_a_day_and_then_forgotten_without_looking_at_payments()
    {
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var first = (await app.Client.CreatePaymentAsync(idempotencyKey: "old")).Expect(HttpStatusCode.Created);
        (await app.Client.CancelAsync(first["id"]!, "old-cancel")).Expect(HttpStatusCode.OK);
        var forget = app.Services.GetRequiredService<ForgetIdempotencyKeys>();

        clock.Shift = TimeSpan.FromHours(23.9);
        await forget.RunAsync(CancellationToken.None);
        Assert.Equal(first.Body, (await app.Client.CreatePaymentAsync(idempotencyKey: "old")).Body);

        clock.Shift = TimeSpan.FromHours(26);
        var young = (await app.Client.CreatePaymentAsync(idempotencyKey: "young")).Expect(HttpStatusCode.Created);
        app.HttpTraffic.Forget();
        await forget.RunAsync(CancellationToken.None);

        Assert.All(app.HttpTraffic.Requests.Where(request => request.Filter is not null), request => Assert.DoesNotContain("'p:", request.Filter, StringComparison.Ordinal));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "k:"));
        Assert.Single(await StoredRows.OfAsync(app.Connection, "paysgpayments", "x:"));
        Assert.Equal(young.Body, (await app.Client.CreatePaymentAsync(idempotencyKey: "young")).Body);
        Assert.NotEqual(first["id"], (await app.Client.CreatePaymentAsync(idempotencyKey: "old")).Expect(HttpStatusCode.Created)["id"]);
    }

    [Fact]
    public async Task Should_be_forgotten_by_the_management_api_too()
    {
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var management = new ManagementClient(app.BaseAddress);
        var service = (await management.PostAsync(ManagementClient.ServicesPath, """{"name":"n"}""", "old")).Expect(HttpStatusCode.Created)["id"]!;
        (await management.PostAsync(ManagementClient.KeysPath(service), """{"label":"l","permissions":["view"]}""", "old")).Expect(HttpStatusCode.Created);
        Assert.Equal(2, (await StoredRows.OfAsync(app.Connection, "paysgaccess", "k:")).Count);

        clock.Shift = TimeSpan.FromHours(26);
        await app.Services.GetRequiredService<ForgetIdempotencyKeys>().RunAsync(CancellationToken.None);

        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgaccess", "k:"));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgaccess", "x:"));
        (await management.GetAsync($"{ManagementClient.ServicesPath}/{service}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_be_forgotten_although_a_row_of_theirs_is_gone()
    {
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        (await app.Client.CreatePaymentAsync(idempotencyKey: "one")).Expect(HttpStatusCode.Created);
        (await app.Client.CreatePaymentAsync(idempotencyKey: "two")).Expect(HttpStatusCode.Created);
        var record = (await StoredRows.OfAsync(app.Connection, "paysgpayments", "k:"))[0];
        await app.Services.GetRequiredService<PaySgTables>().Payments.DeleteEntityAsync(record.PartitionKey, record.RowKey);

        clock.Shift = TimeSpan.FromHours(26);
        await app.Services.GetRequiredService<ForgetIdempotencyKeys>().RunAsync(CancellationToken.None);

        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "k:"));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgpayments", "x:"));
    }

    [Fact]
    public async Task Should_be_forgotten_where_deliveries_are_too()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await PaySgApp.StartAsync(services: (_, services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var (endpoint, _) = await app.Client.RegisteredEndpointAsync(A.WebhookEndpoint(receiver.Url));
        (await app.Client.PostAsync($"{ApiClient.EndpointsPath}/{endpoint}/test", "", idempotencyKey: "test")).Expect(HttpStatusCode.OK);
        Assert.NotEmpty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "k:"));

        clock.Shift = TimeSpan.FromHours(26);
        await app.Services.GetRequiredService<ForgetIdempotencyKeys>().RunAsync(CancellationToken.None);

        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "k:"));
        Assert.Empty(await StoredRows.OfAsync(app.Connection, "paysgdeliveries", "x:"));
    }
}
