using Microsoft.Extensions.Logging.Abstractions;
using PaySg.Functions.Access;
using PaySg.Functions.Platform.Http;
using PaySg.Functions.Tests.Fixtures;

namespace PaySg.Functions.Tests.Access;

public sealed class KeyActivitiesTests : IAsyncLifetime
{
    private const string ServiceId = "payment_service_00000000-0000-4000-8000-000000000001";
    private PaySgParts parts = null!;

    private KeyActivities Activities => parts.Get<KeyActivities>();

    private KeyActivityStore Store => parts.Get<KeyActivityStore>();

    public async Task InitializeAsync() => parts = await PaySgParts.InMemoryAsync();

    public async Task DisposeAsync() => await parts.DisposeAsync();

    [Fact]
    public async Task A_flood_of_refused_calls_is_two_requests_and_leaves_the_newest_hundred()
    {
        var activity = Activities.Of(KeyOf(1))!;
        for (var i = 0; i < 10_000; i++)
            activity.Note(Refused(i));
        Assert.Empty(parts.Traffic.Requests);

        await Activities.WriteAsync();

        Assert.Equal(2, parts.Traffic.Requests.Count);
        var kept = await Store.RefusedOfAsync(ServiceId, KeyOf(1).Id, CancellationToken.None);
        Assert.Equal(Enumerable.Range(9_900, 100).Reverse().Select(i => $"req_{i}"), kept.Select(call => call.RequestId));
        parts.Traffic.Forget();
        await Activities.WriteAsync();
        Assert.Empty(parts.Traffic.Requests);
    }

    [Fact]
    public async Task One_round_takes_a_bounded_number_of_keys_and_the_next_one_the_others()
    {
        for (var key = 0; key < KeyActivities.KeysInARound + 50; key++)
            Activities.Use(KeyOf(key))!.Note(Refused(key));

        await Activities.WriteAsync();
        Assert.Equal(3 * KeyActivities.KeysInARound, parts.Traffic.Requests.Count);
        await Activities.WriteAsync();

        Assert.Equal(3 * (KeyActivities.KeysInARound + 50), parts.Traffic.Requests.Count);
        Assert.Equal(KeyActivities.KeysInARound + 50, (await Store.LastUsesAsync(ServiceId, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task No_more_keys_are_remembered_than_have_room_and_those_that_are_written_make_room()
    {
        for (var key = 0; key < KeyActivities.Capacity; key++)
            Assert.NotNull(Activities.Of(KeyOf(key)));
        Activities.Of(KeyOf(0))!.Note(Refused(0));
        Assert.Null(Activities.Use(KeyOf(KeyActivities.Capacity)));

        await Activities.WriteAsync();

        Assert.NotNull(Activities.Use(KeyOf(KeyActivities.Capacity)));
    }

    [Fact]
    public async Task A_key_is_written_as_used_once_a_day_of_Singapore()
    {
        var key = KeyOf(1);
        parts.Clock.Advance(TimeSpan.FromDays(1) - (parts.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).TimeOfDay + TimeSpan.FromMinutes(1)));
        foreach (var _ in Enumerable.Range(0, 1000))
            Activities.Use(key);
        await Activities.WriteAsync();
        var first = await Store.LastUseAsync(ServiceId, key.Id, CancellationToken.None);
        Activities.Use(key);
        await Activities.WriteAsync();
        Assert.Single(parts.Traffic.Requests, request => request.Method != "GET");

        parts.Clock.Advance(TimeSpan.FromMinutes(2));
        Activities.Use(key);
        await Activities.WriteAsync();

        Assert.Equal(2, parts.Traffic.Requests.Count(request => request.Method != "GET"));
        Assert.Equal(first!.Value.AddDays(1), await Store.LastUseAsync(ServiceId, key.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Two_instances_keep_the_newest_of_both()
    {
        using var other = new KeyActivities(Store, KeyActivityPeriod.Never, parts.Clock, NullLogger<KeyActivities>.Instance);
        for (var i = 0; i < 80; i++)
            (i % 2 == 0 ? Activities : other).Of(KeyOf(1))!.Note(Refused(i));
        await Activities.WriteAsync();
        await other.WriteAsync();
        for (var i = 80; i < 150; i++)
            Activities.Of(KeyOf(1))!.Note(Refused(i));

        // The other instance writes between this one's read and its write: the second round has them all.
        parts.Traffic.ComesBefore = async request =>
        {
            if (!request.IsTransaction)
                return;
            parts.Traffic.ComesBefore = static _ => Task.CompletedTask;
            other.Of(KeyOf(1))!.Note(Refused(150));
            await other.WriteAsync();
        };
        await Activities.WriteAsync();
        await Activities.WriteAsync();

        Assert.Equal(
            Enumerable.Range(51, 100).Reverse().Select(i => $"req_{i}"), (await Store.RefusedOfAsync(ServiceId, KeyOf(1).Id, CancellationToken.None)).Select(call => call.RequestId));
    }

    [Fact]
    public async Task What_an_outage_kept_from_being_written_is_written_later()
    {
        var activity = Activities.Use(KeyOf(1))!;
        activity.Note(Refused(1));
        parts.Traffic.IsCutOff = true;
        await Assert.ThrowsAnyAsync<Exception>(() => Activities.WriteAsync());
        activity.Note(Refused(2));
        parts.Traffic.IsCutOff = false;

        await Activities.WriteAsync();

        Assert.Equal(["req_2", "req_1"], (await Store.RefusedOfAsync(ServiceId, KeyOf(1).Id, CancellationToken.None)).Select(call => call.RequestId));
        Assert.NotNull(await Store.LastUseAsync(ServiceId, KeyOf(1).Id, CancellationToken.None));
    }

    [Fact]
    public async Task It_writes_by_itself_once_in_a_period_and_goes_on_after_an_outage()
    {
        using var activities = new KeyActivities(Store, new KeyActivityPeriod(TimeSpan.FromMilliseconds(200)), TimeProvider.System, parts.Get<Microsoft.Extensions.Logging.ILogger<KeyActivities>>());
        parts.Traffic.IsCutOff = true;
        activities.Of(KeyOf(1))!.Note(Refused(1));
        await LocalHost.Eventually.TrueAsync(() => Task.FromResult(parts.Log.Of(1013).Count > 0), TimeSpan.FromMinutes(1));
        parts.Traffic.IsCutOff = false;

        for (var i = 2; i < 50; i++)
            activities.Of(KeyOf(1))!.Note(Refused(i));

        await LocalHost.Eventually.TrueAsync(async () => (await Store.RefusedOfAsync(ServiceId, KeyOf(1).Id, CancellationToken.None)).Count == 49, TimeSpan.FromMinutes(1));
    }

    private static ApiKey KeyOf(int number) =>
        new($"key_00000000-0000-4000-8000-{number:D12}", ServiceId, "CODE", "user_1", Permission.View, "till", DateTimeOffset.UnixEpoch);

    private static RefusedCall Refused(int number) =>
        new($"req_{number}", DateTimeOffset.UnixEpoch.AddSeconds(number), "POST", "/v1/payments", 400, "invalid_parameter");
}
