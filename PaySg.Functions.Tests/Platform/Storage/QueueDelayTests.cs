using PaySg.Functions.Payments.Emails;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Platform.Storage;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Platform.Storage;

public sealed class QueueDelayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(0.0001, 1)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(1.9, 2)]
    [InlineData(9.9999, 10)]
    [InlineData(300, 300)]
    public void A_delay_is_whole_seconds_and_never_less_than_asked(double seconds, int handed) =>
        Assert.Equal(TimeSpan.FromSeconds(handed), QueueDelay.RoundUp(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_comes_before_its_time_is_too_early_unless_the_host_shortens_delays()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), new QueueDelay().TooEarlyBy(Now.AddSeconds(1), Now));
        Assert.Null(new QueueDelay().TooEarlyBy(Now, Now));
        Assert.Null(new QueueDelay().TooEarlyBy(Now.AddSeconds(-1), Now));
        Assert.Null(new QueueDelay(IsShortened: true).TooEarlyBy(Now.AddSeconds(1), Now));
    }

    [Fact]
    public async Task All_that_the_product_sends_is_rounded_up()
    {
        await using var parts = await PaySgParts.StartAsync();

        await parts.Get<DeliveryAlarm>().SetAsync(new DeliveryMessage("o", "e", "evt", 2), TimeSpan.FromSeconds(4.2));
        await parts.Get<OutboxNudge>().SendAsync(new OutboxRow("o", Now, OutboxKind.Event, "evt"), TimeSpan.FromSeconds(0.3));
        await parts.Get<OutboxNudge>().SendAsync(new OutboxRow("o", Now, OutboxKind.Mail, "p.m.2"), TimeSpan.FromSeconds(59.01));

        Assert.Equal(["5", "1", "60"], parts.Traffic.QueueRequests.Select(DelayOf));
    }

    [Theory]
    [InlineData(10, "10")]
    [InlineData(9.5, "10")]
    [InlineData(600, null)]
    public async Task A_message_for_a_mail_that_comes_too_early_puts_itself_back_or_leaves_it_to_the_sweeper(double early, string? delay)
    {
        await using var parts = await PaySgParts.StartAsync();
        var due = parts.Clock.GetUtcNow().AddSeconds(early);

        await parts.Get<SendMail>().RunAsync(new OutboxRow("payment_service_1", due, OutboxKind.Mail, "p.m.2"));

        Assert.Empty(parts.Traffic.TableRequests);
        Assert.Equal(delay, parts.Traffic.QueueRequests.Select(DelayOf).SingleOrDefault());
        Assert.Single(parts.Log.Of(5006));
    }

    [Fact]
    public async Task The_first_attempt_of_a_mail_does_not_wait_for_the_clock_of_another_machine()
    {
        await using var parts = await PaySgParts.StartAsync();

        await parts.Get<SendMail>().RunAsync(new OutboxRow("payment_service_1", parts.Clock.GetUtcNow().AddSeconds(10), OutboxKind.Mail, "p.m.1"));

        Assert.NotEmpty(parts.Traffic.TableRequests);
        Assert.Empty(parts.Traffic.QueueRequests);
    }

    private static string? DelayOf(StorageRequest request) => System.Web.HttpUtility.ParseQueryString(request.Url.Query)["visibilitytimeout"];
}
