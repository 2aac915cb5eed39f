using System.Diagnostics.Metrics;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>What there is to measure about webhooks.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    /// <summary>The name of the <see cref="Meter"/> to listen to.</summary>
    public const string MeterName = "PaySg.Webhooks";

    /// <summary>Deliveries that came to an end, by <c>outcome</c>: delivered, failed, skipped.</summary>
    public const string Deliveries = "paysg.webhooks.deliveries";

    /// <summary>Attempts that were made, by <c>outcome</c>: success, failure.</summary>
    public const string Attempts = "paysg.webhooks.attempts";

    /// <summary>How long attempts took.</summary>
    public const string AttemptDuration = "paysg.webhooks.attempt.duration";

    /// <summary>Attempts that were put back because the endpoint or its host gets as many as it may.</summary>
    public const string PutBacks = "paysg.webhooks.put_back";

    /// <summary>How old the oldest event is that waits to be delivered, as the sweeper saw it last.</summary>
    public const string OldestUndelivered = "paysg.webhooks.oldest_undelivered.age";

    private readonly Meter meter;
    private readonly Counter<long> deliveries;
    private readonly Counter<long> attempts;
    private readonly Counter<long> putBacks;
    private readonly Histogram<double> duration;
    private volatile Observation? oldest;

    /// <summary>The instruments; nothing is measured where nobody listens.</summary>
    public WebhookMetrics()
    {
        // The scope tells the containers of one process apart.
        meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        deliveries = meter.CreateCounter<long>(Deliveries, "{delivery}");
        attempts = meter.CreateCounter<long>(Attempts, "{attempt}");
        putBacks = meter.CreateCounter<long>(PutBacks, "{attempt}");
        duration = meter.CreateHistogram<double>(AttemptDuration, "s");
        meter.CreateObservableGauge(OldestUndelivered, Observe, "s");
    }

    /// <summary>An attempt was made.</summary>
    public void Attempted(bool succeeded, TimeSpan took)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", succeeded ? "success" : "failure");
        attempts.Add(1, outcome);
        duration.Record(took.TotalSeconds, outcome);
    }

    /// <summary>A delivery came to an end.</summary>
    public void Ended(string outcome) => deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>An attempt was put back.</summary>
    public void PutBack() => putBacks.Add(1);

    /// <summary>The sweeper saw how old the oldest undelivered event is.</summary>
    public void SawOldestUndelivered(TimeSpan age) => oldest = new Observation(age.TotalSeconds);

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<double>> Observe() => oldest is { } seen ? [new Measurement<double>(seen.Seconds)] : [];

    private sealed record Observation(double Seconds);
}
