using System.Collections.Concurrent;

namespace PaySg.Functions.Access;

/// <summary>
/// What API keys did, noted in the memory of this instance and written behind the calls: at most once in a <see cref="KeyActivityPeriod"/>, whatever comes in. It is
/// best effort: what an instance that dies has not written is lost, and nothing else depends on it.
/// </summary>
internal sealed class KeyActivities(KeyActivityStore store, KeyActivityPeriod period, TimeProvider clock, ILogger<KeyActivities> log) : IDisposable
{
    /// <summary>How many keys are remembered. What others do while there are as many is not noted.</summary>
    public const int Capacity = 10_000;

    /// <summary>How many keys one round of writing takes; the others wait for the next one.</summary>
    public const int KeysInARound = 100;

    private readonly ConcurrentDictionary<string, KeyActivity> activities = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private ITimer? timer;
    private bool isSet;

    /// <summary>The place where what the key does is noted; null: there is none left.</summary>
    public KeyActivity? Of(ApiKey key)
    {
        if (activities.TryGetValue(key.Id, out var known))
            return known;

        if (activities.Count < Capacity)
            return activities.GetOrAdd(key.Id, id => new KeyActivity(key.PaymentServiceId, id, this));

        WriteLater();
        return null;
    }

    /// <summary>Notes that a key lets somebody in now. The place where its refused calls are noted, or null.</summary>
    public KeyActivity? Use(ApiKey key)
    {
        var activity = Of(key);
        activity?.Use(DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(SingaporeTime.Offset).DateTime));
        return activity;
    }

    /// <summary>Sees to it that there will be a round of writing. However often it is called, there is one in a period.</summary>
    public void WriteLater()
    {
        if (period.Length == Timeout.InfiniteTimeSpan)
            return;

        lock (gate)
        {
            if (isSet)
                return;

            isSet = true;
            if (timer is not null)
            {
                timer.Change(period.Length, Timeout.InfiniteTimeSpan);
                return;
            }

            // The round belongs to no call: neither to its trace, nor to how long its caller waits.
            using (ExecutionContext.SuppressFlow())
                timer = clock.CreateTimer(_ => _ = RoundAsync(), state: null, period.Length, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Writes what waits, of up to <see cref="KeysInARound"/> keys. An outage ends the round, and what is left waits.</summary>
    public async Task WriteAsync()
    {
        foreach (var activity in activities.Values.Where(static activity => activity.IsPending).Take(KeysInARound).ToList())
            await activity.WriteAsync(store);

        if (activities.Count < Capacity)
            return;

        foreach (var (id, activity) in activities)
        {
            if (!activity.IsPending)
                activities.TryRemove(id, out _);
        }
    }

    public void Dispose() => timer?.Dispose();

    private async Task RoundAsync()
    {
        lock (gate)
            isSet = false;

        try
        {
            await WriteAsync();
        }
        catch (Exception fault)
        {
            // Nobody waits for it, and the next round tries again.
            Log.KeyActivityNotWritten(log, fault);
        }

        if (activities.Values.Any(static activity => activity.IsPending))
            WriteLater();
    }
}
