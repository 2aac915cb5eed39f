using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

public sealed class DeliveryTurnsTests
{
    private readonly DeliveryTurns turns = new();

    [Fact]
    public async Task Attempts_of_one_delivery_take_turns_in_the_order_they_came()
    {
        var first = await turns.TakeAsync("we_1", "evt_1");
        var second = turns.TakeAsync("we_1", "evt_1");
        var third = turns.TakeAsync("we_1", "evt_1");
        Assert.False(second.IsCompleted);

        first.Dispose();
        var turn = await second;
        Assert.False(third.IsCompleted);

        turn.Dispose();
        (await third).Dispose();
        Assert.True(turns.TakeAsync("we_1", "evt_1").IsCompleted);
    }

    [Fact]
    public async Task Other_deliveries_do_not_wait()
    {
        using var turn = await turns.TakeAsync("we_1", "evt_1");

        Assert.True(turns.TakeAsync("we_1", "evt_2").IsCompleted);
        Assert.True(turns.TakeAsync("we_2", "evt_1").IsCompleted);
    }
}
