namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// How many attempts are under way at each endpoint in this process, so that a receiver that hangs holds up itself and nobody else. An attempt
/// that finds no place within a second is put back for as long as those before it need: (backlog ÷ 8) × mean duration. The backlog
/// is kept as the time at which it will be worked off, so it takes no memory of its own.
/// </summary>
internal sealed class EndpointPlaces(TimeProvider clock)
{
    /// <summary>How many attempts may be under way at an endpoint.</summary>
    public const int PerEndpoint = 8;

    /// <summary>How long an attempt waits for a place.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time that an attempt is put back for.</summary>
    public static readonly TimeSpan ShortestPutBack = TimeSpan.FromSeconds(5);

    /// <summary>The longest, whatever the backlog: so a receiver that has recovered is soon seen to.</summary>
    public static readonly TimeSpan LongestPutBack = TimeSpan.FromMinutes(15);

    private const int Remembered = 10_000;
    private const double NewestWeighs = 0.2;
    private readonly Dictionary<string, Places> endpoints = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>How many endpoints are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return endpoints.Count;
            }
        }
    }

    /// <summary>Takes a place if one is free; else null, and the backlog does not grow: whoever asks waits elsewhere.</summary>
    public EndpointPlace? TryEnter(string endpointId)
    {
        var places = Use(endpointId);
        if (places.Free.Wait(0))
            return Taken(places);

        Leave(places, took: null);
        return null;
    }

    /// <summary>Takes a place, waiting a second at most.</summary>
    public async Task<EndpointPlace> EnterAsync(string endpointId)
    {
        var places = Use(endpointId);
        var hasPlace = false;
        try
        {
            hasPlace = await places.Free.WaitAsync(0) || await WaitAsync(places.Free);
        }
        finally
        {
            if (!hasPlace)
                Leave(places, took: null);
        }

        return hasPlace ? Taken(places) : new EndpointPlace(PutBack(places), static _ => { });
    }

    private EndpointPlace Taken(Places places)
    {
        var started = clock.GetTimestamp();
        return new EndpointPlace(null, isUsed =>
        {
            places.Free.Release();
            Leave(places, isUsed ? clock.GetElapsedTime(started) : null);
        });
    }

    private async Task<bool> WaitAsync(SemaphoreSlim free)
    {
        using var limit = new CancellationTokenSource(LongestWait, clock);
        try
        {
            await free.WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Places Use(string endpointId)
    {
        lock (gate)
        {
            if (!endpoints.TryGetValue(endpointId, out var places))
            {
                if (endpoints.Count >= Remembered)
                    ForgetIdle();

                places = new Places();
                endpoints.Add(endpointId, places);
            }

            places.Users++;
            return places;
        }
    }

    private void Leave(Places places, TimeSpan? took)
    {
        lock (gate)
        {
            places.Users--;
            if (took is { } duration)
                places.Mean = places.Mean == TimeSpan.Zero ? duration : (places.Mean * (1 - NewestWeighs)) + (duration * NewestWeighs);
        }
    }

    private TimeSpan PutBack(Places places)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var workedOff = (places.WorkedOffAt > now ? places.WorkedOffAt : now) + (places.Mean / PerEndpoint);
            places.WorkedOffAt = workedOff - now < LongestPutBack ? workedOff : now + LongestPutBack;
            var delay = places.WorkedOffAt - now;
            return delay > ShortestPutBack ? delay : ShortestPutBack;
        }
    }

    /// <summary>What is in use is bounded by the messages that one process takes; what is not may be forgotten.</summary>
    private void ForgetIdle()
    {
        foreach (var idle in endpoints.Where(entry => entry.Value.Users == 0).Select(entry => entry.Key).ToList())
            endpoints.Remove(idle);
    }

    private sealed class Places
    {
        public SemaphoreSlim Free { get; } = new(PerEndpoint);

        public int Users { get; set; }

        public TimeSpan Mean { get; set; }

        public DateTimeOffset WorkedOffAt { get; set; }
    }
}
