using System.Net;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Scenarios;

public sealed class When_a_payer_page_cannot_be_shown
{
    [Fact]
    public async Task Should_ask_the_payer_to_come_again_when_storage_is_down()
    {
        await using var app = await PaySgApp.StartAsync();
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.IsCutOff = true;

        foreach (var answer in new[] { await pages.GetAsync(PageClient.PathOf(id)), await pages.SubmitAsync(id, PageClient.Card()) })
        {
            answer.Expect(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("Please try again in a moment", PageText.Heading(answer.Body));
            Assert.Contains(answer.Headers["x-request-id"], answer.Body, StringComparison.Ordinal);
            Assert.Equal("5", answer.Headers["Retry-After"]);
            Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        }

        app.HttpTraffic.IsCutOff = false;
        Assert.Contains("paid", PageText.Heading(await pages.FollowAsync(id, PageClient.Card())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_say_that_the_fault_is_ours_and_show_nothing_of_it()
    {
        await using var app = await PaySgApp.StartAsync();
        using var pages = new PageClient(app.BaseAddress);
        var id = await app.Client.CreatedPaymentAsync();
        app.HttpTraffic.BeforeSend = static _ => throw new InvalidOperationException("What nobody may see.");

        var answer = (await pages.GetAsync(PageClient.PathOf(id))).Expect(HttpStatusCode.InternalServerError);

        Assert.Equal("Something went wrong on our side", PageText.Heading(answer.Body));
        Assert.Contains(answer.Headers["x-request-id"], answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody may see", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", answer.Body, StringComparison.Ordinal);
    }
}
