using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_storage_is_down
{
    [Fact]
    public async Task Should_answer_503_and_take_the_same_keyed_request_once_afterwards()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.IsCutOff = true;

        var refused = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("storage_unavailable", refused.ErrorCode);
        Assert.Equal("5", refused.Headers["Retry-After"]);
        Assert.DoesNotContain("   at ", refused.Body, StringComparison.Ordinal);
        app.HttpTraffic.IsCutOff = false;
        var first = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.Created);
        var second = (await app.Client.CreatePaymentAsync(idempotencyKey: "again")).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Headers["Idempotent-Replayed"]);
    }

    [Fact]
    public async Task Should_keep_a_payment_whose_nudge_could_not_be_sent()
    {
        await using var app = await PaySgApp.StartAsync();
        await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.BeforeSend = request =>
        {
            if (request.IsQueue)
                throw new IOException("The queue cannot be reached.");
        };

        var created = (await app.Client.CreatePaymentAsync()).Expect(HttpStatusCode.Created);

        Assert.Single(app.Log.Of(2001));
        (await app.Client.GetPaymentAsync(created["id"]!)).Expect(HttpStatusCode.OK);
    }
}
