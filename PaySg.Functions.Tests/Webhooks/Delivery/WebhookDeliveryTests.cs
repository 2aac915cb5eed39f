using PaySg.Functions.Events;
using PaySg.Functions.Platform.Outbox;
using PaySg.Functions.Tests.Fixtures;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Tests.Webhooks.Delivery;

[Trait("Category", "Rules")]
public sealed class WebhookDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 1, 30, 0, TimeSpan.Zero);
    private static readonly WebhookEvent Event = new("evt_01234567-89ab-7def-8123-456789abcdef", "payment.succeeded", "payment_service_1", Now, "{}"u8.ToArray());

    private static readonly (DeliveryState From, DeliveryState To)[] Listed =
    [
        (DeliveryState.Pending, DeliveryState.Pending),
        (DeliveryState.Pending, DeliveryState.Delivered),
        (DeliveryState.Pending, DeliveryState.Failed),
        (DeliveryState.Pending, DeliveryState.Skipped),
        (DeliveryState.Delivered, DeliveryState.Delivered),
        (DeliveryState.Failed, DeliveryState.Failed),
        (DeliveryState.Failed, DeliveryState.Delivered),
        (DeliveryState.Failed, DeliveryState.Pending),
        (DeliveryState.Skipped, DeliveryState.Skipped),
        (DeliveryState.Skipped, DeliveryState.Failed),
        (DeliveryState.Skipped, DeliveryState.Delivered),
        (DeliveryState.Skipped, DeliveryState.Pending),
    ];

    [Fact]
    public void A_change_of_state_is_possible_if_and_only_if_it_is_listed()
    {
        foreach (var from in Enum.GetValues<DeliveryState>())
        {
            foreach (var to in Enum.GetValues<DeliveryState>())
                Assert.True(DeliveryTransitions.Allows(from, to) == Listed.Contains((from, to)), $"{from} to {to}");
        }

        Assert.Equal(Listed, DeliveryTransitions.Edges.Select(edge => (edge.From, edge.To)));
        Assert.All(DeliveryTransitions.Edges, edge => Assert.NotEmpty(edge.Reason));
    }

    [Fact]
    public void A_new_delivery_is_due_at_once()
    {
        var delivery = New();

        Assert.Equal((DeliveryState.Pending, 0, Now), (delivery.State, delivery.AttemptCount, delivery.NextAttemptAt!.Value));
        Assert.True(delivery.IsNext(1));
        Assert.False(delivery.IsNext(0) || delivery.IsNext(2));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void An_answer_of_2xx_delivers(int status)
    {
        var delivered = New().Record(Answer(status), null, Now, FixedRandom.Middle);

        Assert.Equal((DeliveryState.Delivered, 1, null), (delivered.State, delivered.AttemptCount, delivered.NextAttemptAt));
        Assert.Equal(new DeliveryAttempt(1, Now, 12, status, "body", null, null), Assert.Single(delivered.Attempts));
        Assert.False(delivered.IsNext(2));
    }

    [Theory]
    [InlineData(199)]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(null)]
    public void Anything_else_is_tried_again(int? status)
    {
        var pending = New().Record(Answer(status), null, Now, FixedRandom.Lowest);

        Assert.Equal((DeliveryState.Pending, 1, Now.AddSeconds(4)), (pending.State, pending.AttemptCount, pending.NextAttemptAt!.Value));
        Assert.Equal(Now.AddSeconds(4), Assert.Single(pending.Attempts).NextAttemptAt);
        Assert.True(pending.IsNext(2));
        Assert.False(pending.IsNext(1));
    }

    [Fact]
    public void Ten_failures_follow_the_schedule_and_end_the_delivery()
    {
        var delivery = New();
        for (var made = 1; made < 10; made++)
        {
            delivery = delivery.Record(Answer(500), null, Now, FixedRandom.Lowest);
            Assert.Equal((DeliveryState.Pending, Now + (RetrySchedule.Delays[made] * 0.8)), (delivery.State, delivery.NextAttemptAt!.Value));
        }

        var failed = delivery.Record(Answer(500), null, Now, FixedRandom.Lowest);

        Assert.Equal((DeliveryState.Failed, 10, null), (failed.State, failed.AttemptCount, failed.NextAttemptAt));
        Assert.Null(failed.Attempts[^1].NextAttemptAt);
        Assert.Equal(Enumerable.Range(1, 10), failed.Attempts.Select(attempt => attempt.Number));
    }

    [Fact]
    public void The_last_attempt_may_still_deliver()
    {
        Assert.Equal(DeliveryState.Delivered, (New() with { AttemptCount = 9, ScheduledCount = 9 }).Record(Answer(200), null, Now, FixedRandom.Middle).State);
    }

    [Fact]
    public void The_last_25_attempts_are_remembered_and_all_are_counted()
    {
        var old = Enumerable.Range(1, 25).Select(number => new DeliveryAttempt(number, Now, 1, 500, null, null, Now)).ToList();

        var next = (New() with { AttemptCount = 25, Attempts = old }).Record(Answer(200), null, Now, FixedRandom.Middle);

        Assert.Equal(26, next.AttemptCount);
        Assert.Equal(Enumerable.Range(2, 25), next.Attempts.Select(attempt => attempt.Number));
    }

    [Theory]
    [InlineData(3, 4000)] // shorter than scheduled: the schedule stands
    [InlineData(4, 4001)]
    [InlineData(60, 60_001)]
    [InlineData(12 * 3600, (12 * 3_600_000) + 1)]
    public void A_wait_that_the_receiver_asks_for_is_kept_where_it_is_not_shorter_than_scheduled(int asked, long milliseconds)
    {
        var delivery = New().Record(Answer(503) with { RetryAfter = TimeSpan.FromSeconds(asked) }, null, Now, FixedRandom.Lowest);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), delivery.NextAttemptAt!.Value - Now);
    }

    [Fact]
    public void A_scheduled_delay_over_12_hours_is_not_shortened_by_what_the_receiver_asks()
    {
        var delivery = (New() with { AttemptCount = 8, ScheduledCount = 8 }).Record(Answer(429) with { RetryAfter = RetrySchedule.LongestRetryAfter }, null, Now, FixedRandom.Highest);

        Assert.InRange(delivery.NextAttemptAt!.Value - Now, TimeSpan.FromHours(22 * 1.19), TimeSpan.FromHours(22 * 1.2));
    }

    [Fact]
    public void A_receiver_that_asks_to_wait_does_not_get_an_eleventh_attempt()
    {
        var failed = (New() with { AttemptCount = 9, ScheduledCount = 9 }).Record(Answer(503) with { RetryAfter = TimeSpan.FromMinutes(1) }, null, Now, FixedRandom.Middle);

        Assert.Equal((DeliveryState.Failed, null), (failed.State, failed.NextAttemptAt));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Skipped)]
    public void A_final_delivery_takes_no_further_attempt_unless_it_is_asked_for(object state)
    {
        var final = In((DeliveryState)state);

        var fault = Assert.Throws<InvalidOperationException>(() => final.Record(Answer(200), null, Now, FixedRandom.Middle));
        Assert.Equal($"No attempt of this delivery is due: it is {(DeliveryState)state}.", fault.Message);
        Assert.Throws<InvalidOperationException>(() => final.Record(Answer(500), null, Now, FixedRandom.Middle));
        Assert.False(final.IsNext(4));
        Assert.True(final.Resend(Now).IsNext(4));
    }

    [Theory]
    [InlineData(DeliveryState.Pending, 200, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Pending, 500, DeliveryState.Pending)]
    [InlineData(DeliveryState.Delivered, 200, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Delivered, 500, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed, 200, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed, 500, DeliveryState.Failed)]
    [InlineData(DeliveryState.Skipped, 200, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Skipped, 500, DeliveryState.Failed)]
    public void An_attempt_that_was_asked_for_is_one_more_and_leaves_the_schedule_as_it_is(object before, int status, object expected)
    {
        var asked = In((DeliveryState)before).Resend(Now);

        var after = asked.Record(Answer(status), Now, Now, FixedRandom.Lowest);

        Assert.Equal(((DeliveryState)expected, 4, 3), (after.State, after.AttemptCount, after.ScheduledCount));
        Assert.Equal((DeliveryState)expected == DeliveryState.Pending ? Now.AddHours(2) : null, after.NextAttemptAt);
        Assert.Equal(after.NextAttemptAt, after.Attempts[^1].NextAttemptAt);
    }

    [Theory]
    [InlineData(200, DeliveryState.Delivered)]
    [InlineData(500, DeliveryState.Pending)]
    public void What_is_asked_for_while_an_attempt_is_under_way_is_made_after_it(int status, object expected)
    {
        var asked = In(DeliveryState.Pending).Resend(Now);

        var after = asked.Record(Answer(status), askedForAt: null, Now, FixedRandom.Lowest);

        Assert.Equal(((DeliveryState)expected, Now, 4), (after.State, after.NextAttemptAt!.Value, after.ScheduledCount));
        Assert.True(after.IsNext(5));
        Assert.False(after.IsNext(4));
        Assert.Equal(Now, asked.Resend(Now.AddSeconds(1)).Record(Answer(status), Now.AddSeconds(-1), Now, FixedRandom.Lowest).NextAttemptAt!.Value.AddSeconds(-1));
    }

    [Theory]
    [InlineData(DeliveryState.Pending, DeliveryState.Pending)]
    [InlineData(DeliveryState.Failed, DeliveryState.Pending)]
    [InlineData(DeliveryState.Skipped, DeliveryState.Pending)]
    public void A_recovery_starts_the_schedule_anew_and_numbers_go_on(object before, object expected)
    {
        var restarted = In((DeliveryState)before).Restart("rec_1", Now);

        Assert.Equal(((DeliveryState)expected, 3, 0, Now, "rec_1"), (restarted.State, restarted.AttemptCount, restarted.ScheduledCount, restarted.NextAttemptAt!.Value, restarted.RecoveryId));
        Assert.Null(restarted.Reason);
        Assert.Equal(Now.AddSeconds(4), restarted.Record(Answer(500), null, Now, FixedRandom.Lowest).NextAttemptAt);
    }

    [Fact]
    public void A_delivered_one_is_not_started_anew() => Assert.Equal(
        "A delivery that is Delivered cannot become Pending.",
        Assert.Throws<InvalidOperationException>(() => In(DeliveryState.Delivered).Restart("rec_1", Now)).Message);

    [Fact]
    public void The_first_attempt_and_one_that_was_asked_for_wait_for_no_clock_and_the_others_for_their_time()
    {
        var second = New().Record(Answer(500), null, Now, FixedRandom.Lowest);

        Assert.Null(New().NotBefore);
        Assert.Equal(Now.AddSeconds(4), second.NotBefore);
        Assert.Null(second.Resend(Now).NotBefore);
    }

    [Fact]
    public void What_the_receiver_answered_last_is_known_once_there_was_an_attempt()
    {
        Assert.Null(New().LastResponseStatus);
        Assert.Equal(404, New().Record(Answer(500), null, Now, FixedRandom.Lowest).Record(Answer(404), null, Now, FixedRandom.Lowest).LastResponseStatus);
    }

    [Theory]
    [InlineData(DeliveryState.Pending, DeliveryState.Skipped, DeliveryState.Failed)]
    [InlineData(DeliveryState.Delivered, DeliveryState.Delivered, DeliveryState.Delivered)]
    [InlineData(DeliveryState.Failed, DeliveryState.Failed, DeliveryState.Failed)]
    [InlineData(DeliveryState.Skipped, DeliveryState.Skipped, DeliveryState.Failed)]
    public void An_endpoint_that_is_disabled_or_gone_ends_what_is_due(object before, object disabled, object gone)
    {
        var asked = In((DeliveryState)before).Resend(Now);

        Assert.Equal(((DeliveryState)disabled, null, 3), (asked.Skip().State, asked.Skip().NextAttemptAt, asked.Skip().AttemptCount));
        Assert.Equal(((DeliveryState)gone, null, 3), (asked.GiveUp().State, asked.GiveUp().NextAttemptAt, asked.GiveUp().AttemptCount));
        Assert.Equal((DeliveryState)before == DeliveryState.Pending ? DeliveryReason.EndpointDisabled : asked.Reason, asked.Skip().Reason);
        Assert.Equal((DeliveryState)disabled == DeliveryState.Skipped ? DeliveryReason.EndpointDeleted : asked.Reason, asked.GiveUp().Reason);
    }

    [Fact]
    public void A_test_is_tried_once()
    {
        var failed = WebhookDelivery.Of(Event with { Type = EventTypes.WebhookTest }, "we_1", Now).Record(Answer(500), null, Now, FixedRandom.Middle);

        Assert.Equal((DeliveryState.Failed, 1, null), (failed.State, failed.AttemptCount, failed.NextAttemptAt));
    }

    [Fact]
    public void A_delivery_to_a_disabled_endpoint_is_skipped_from_the_start()
    {
        var skipped = WebhookDelivery.SkippedOf(Event, "we_1");

        Assert.Equal((DeliveryState.Skipped, DeliveryReason.EndpointDisabled, null), (skipped.State, skipped.Reason, skipped.NextAttemptAt));
    }

    private static WebhookDelivery In(DeliveryState state) => New() with
    {
        State = state,
        AttemptCount = 3,
        ScheduledCount = 3,
        ScheduledAt = state == DeliveryState.Pending ? Now.AddHours(2) : null,
        Reason = state is DeliveryState.Failed ? DeliveryReason.Exhausted : state is DeliveryState.Skipped ? DeliveryReason.EndpointDisabled : null,
    };

    private static WebhookDelivery New() => WebhookDelivery.Of(Event, "we_1", Now);

    private static PostResult Answer(int? status) => new(Now, TimeSpan.FromMilliseconds(12.7), status, "body", null, null);
}
