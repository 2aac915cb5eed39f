using PaySg.Functions.Gateway;
using PaySg.Functions.Platform.Outbox;

namespace PaySg.Functions.Tests.Gateway;

[Trait("Category", "Rules")]
public sealed class PendingScheduleTests
{
    private static readonly DateTimeOffset Begun = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);

    private static readonly ChargeAttempt Attempt = new()
    {
        Id = "att_1",
        PaymentId = "-abcdefcode0123456789",
        Method = "paynow",
        Status = ChargeAttemptStatus.Pending,
        CreatedAt = Begun,
        UpdatedAt = Begun,
    };

    [Fact]
    public void The_gateway_is_asked_after_five_and_fifteen_minutes_and_the_attempt_withdrawn_after_an_hour()
    {
        Assert.Equal([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)], PendingSchedule.AskedAfter);
        Assert.Equal(TimeSpan.FromHours(1), PendingSchedule.WithdrawnAfter);
    }

    [Fact]
    public void The_first_row_is_due_when_the_gateway_is_asked_first()
    {
        var row = PendingSchedule.First(Attempt, "payment_service_1");

        Assert.Equal(new OutboxRow("payment_service_1", Begun.AddMinutes(5), OutboxKind.PendingCharge, "-abcdefcode0123456789.att_1"), row);
    }

    [Theory]
    [InlineData(5, 15)]
    [InlineData(14, 15)]
    [InlineData(15, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(61, 121)]
    public void The_next_row_is_due_at_the_next_place_of_the_schedule_and_then_every_hour(int minutesLater, int due)
    {
        Assert.Equal(Begun.AddMinutes(due), PendingSchedule.Next(Attempt, "payment_service_1", Begun.AddMinutes(minutesLater)).DueAt);
    }
}
