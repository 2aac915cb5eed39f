using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_health_is_asked_for
{
    [Fact]
    public async Task Should_say_that_it_lives_and_whether_it_can_work()
    {
        await using var app = await PaySgApp.StartAsync();

        var alive = (await app.Client.GetAsync("/health", apiKey: null)).Expect(HttpStatusCode.OK);
        Assert.Equal("""{"status":"ok"}""", alive.Body);
        Assert.Equal("no-store", alive.Headers["Cache-Control"]);

        var ready = (await app.Client.GetAsync("/health/ready", apiKey: null)).Expect(HttpStatusCode.OK);
        Assert.Equal("""{"status":"ready","problems":[]}""", ready.Body);
    }

    [Fact]
    public async Task Should_be_alive_and_not_ready_where_a_queue_is_missing()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Services.GetRequiredService<PaySgQueues>().Deliveries.DeleteAsync(CancellationToken.None);

        (await app.Client.GetAsync("/health", apiKey: null)).Expect(HttpStatusCode.OK);
        var ready = (await app.Client.GetAsync("/health/ready", apiKey: null)).Expect(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(
            """{"status":"not_ready","problems":["Queue paysg-deliveries does not exist. Deploy the infrastructure again."]}""", ready.Body);
    }
}
