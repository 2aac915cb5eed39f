using PaySg.Functions.Access;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// What one host gets from this process, across all endpoints and owners, so that nobody can turn us against it: so many attempts under way, so many in a
/// minute, and ever fewer while it answers nothing but failures. An attempt that is not let through is put back, which is not an attempt. It is kept in
/// memory and asks storage nothing, so n instances let through n times as much.
/// </summary>
/// <remarks>
/// No endpoint holds up another for long: an endpoint has a quarter of a host's places and three quarters of its rate at most, and a failing host is
/// asked less only for those of its endpoints that have failed themselves. What somebody asks for one by one (a test, a resend) is sent all the same.
/// </remarks>
internal sealed class HostLimits(WebhookSettings settings, TimeProvider clock)
{
    /// <summary>How many attempts may be under way at a host.</summary>
    public const int PlacesPerHost = 32;

    /// <summary>How many failures in a row, with no success at any endpoint of the host, change nothing.</summary>
    public const int ToleratedFailures = 20;

    /// <summary>The longest pause between two attempts at a host that fails: so one that has recovered is soon seen to.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private const int Remembered = 10_000;

    // A bucket that holds a fifth of a minute's attempts and gets back the rest in a minute: so no minute at all sees more.
    private const int ShareHeld = 5;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Host> hosts = new(StringComparer.Ordinal);
    private readonly TokenBuckets rates = BucketsFor(settings.PostsPerMinute, clock);
    private readonly TokenBuckets ratesOfEndpoints = BucketsFor(settings.PostsPerMinute * 3 / 4, clock);

    /// <summary>How many hosts are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
            {
                return hosts.Count;
            }
        }
    }

    /// <summary>How long a host is left alone between two attempts, after so many failures in a row: nothing at first, then a second, and twice as long each time.</summary>
    public static TimeSpan PauseAfter(int failures) =>
        failures < ToleratedFailures ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures - ToleratedFailures, 20))));

    /// <summary>Asks for leave to post.</summary>
    /// <param name="host">The host of the URL (<see cref="Endpoints.WebhookUrl"/>).</param>
    /// <param name="endpointId">Whose attempt it is.</param>
    /// <param name="isAskedFor">Whether somebody asks for this very attempt: then a failing host is asked.</param>
    public HostPlace Enter(string host, string endpointId, bool isAskedFor)
    {
        lock (gate)
        {
            var target = Use(host);
            var now = clock.GetUtcNow();
            var pause = isAskedFor || !target.Failing.Contains(endpointId) ? TimeSpan.Zero : PauseAfter(target.Failures);
            if (target.AskedAt + pause > now)
                return PutBack(target, pause, now);

            if (target.UnderWay >= PlacesPerHost)
                return PutBack(target, PostEvent.Timeout / PlacesPerHost, now);

            if (ratesOfEndpoints.Take(endpointId) is not null)
                return PutBack(target, Minute / settings.PostsPerMinute, now);

            if (rates.Take(host) is not null)
            {
                ratesOfEndpoints.PutBack(endpointId);
                return PutBack(target, Minute / settings.PostsPerMinute, now);
            }

            target.UnderWay++;
            target.AskedAt = now;
            return new HostPlace(null, post => Leave(target, endpointId, post));
        }
    }

    private static TokenBuckets BucketsFor(int perMinute, TimeProvider clock) =>
        new(perMinute / ShareHeld, perMinute - (perMinute / ShareHeld), clock);

    /// <summary>Each that is put back waits behind those before it, so that they do not come back all at once.</summary>
    private static HostPlace PutBack(Host target, TimeSpan pause, DateTimeOffset now)
    {
        var workedOff = (target.WorkedOffAt > now ? target.WorkedOffAt : now) + pause;
        target.WorkedOffAt = workedOff - now < EndpointPlaces.LongestPutBack ? workedOff : now + EndpointPlaces.LongestPutBack;
        var delay = target.WorkedOffAt - now;
        return new HostPlace(delay > EndpointPlaces.ShortestPutBack ? delay : EndpointPlaces.ShortestPutBack, static _ => { });
    }

    private void Leave(Host target, string endpointId, PostResult? post)
    {
        lock (gate)
        {
            target.UnderWay--;
            if (post is not { WasSent: true })
                return;

            if (post.Succeeded)
            {
                target.Failures = 0;
                target.Failing.Clear();
                target.WorkedOffAt = default;
                return;
            }

            target.Failures++;
            if (target.Failing.Count < Remembered)
                target.Failing.Add(endpointId);
        }
    }

    private Host Use(string host)
    {
        if (!hosts.TryGetValue(host, out var target))
        {
            if (hosts.Count >= Remembered)
                ForgetIdle();

            target = new Host();
            hosts.Add(host, target);
        }

        return target;
    }

    /// <summary>What is in use is bounded by the messages that one process takes; what is not may be forgotten, first what does not fail.</summary>
    private void ForgetIdle()
    {
        var idle = hosts.Where(entry => entry.Value.UnderWay == 0).ToList();
        var well = idle.FindAll(entry => entry.Value.Failures == 0);
        foreach (var (host, _) in well.Count > 0 ? well : idle)
            hosts.Remove(host);
    }

    private sealed class Host
    {
        public int UnderWay { get; set; }

        /// <summary>Failures since the last success, of whatever endpoint.</summary>
        public int Failures { get; set; }

        /// <summary>The endpoints that have failed since then.</summary>
        public HashSet<string> Failing { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset AskedAt { get; set; }

        public DateTimeOffset WorkedOffAt { get; set; }
    }
}
