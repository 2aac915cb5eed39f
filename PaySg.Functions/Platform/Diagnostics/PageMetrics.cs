using System.Diagnostics.Metrics;

namespace PaySg.Functions.Platform.Diagnostics;

/// <summary>What there is to measure about what anybody may open without a key.</summary>
internal sealed class PageMetrics : IDisposable
{
    /// <summary>The name of the <see cref="Meter"/> to listen to.</summary>
    public const string MeterName = "PaySg.Pages";

    /// <summary>Requests for a payment, a link or an attempt that does not exist, by <c>outcome</c>: not_found; or refused, because there were too many.</summary>
    public const string Unknown = "paysg.pages.unknown";

    /// <summary>Attempts to pay that were not begun because too many were on the same payment or link.</summary>
    public const string AttemptsRefused = "paysg.pages.attempts.refused";

    private readonly Meter meter;
    private readonly Counter<long> unknown;
    private readonly Counter<long> attemptsRefused;

    /// <summary>The instruments; nothing is measured where nobody listens.</summary>
    public PageMetrics()
    {
        // The scope tells the containers of one process apart.
        meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        unknown = meter.CreateCounter<long>(Unknown, "{request}");
        attemptsRefused = meter.CreateCounter<long>(AttemptsRefused, "{attempt}");
    }

    /// <summary>Something was asked for that does not exist.</summary>
    public void Guessed(bool isRefused) => unknown.Add(1, new KeyValuePair<string, object?>("outcome", isRefused ? "refused" : "not_found"));

    /// <summary>An attempt was not begun.</summary>
    public void AttemptRefused() => attemptsRefused.Add(1);

    public void Dispose() => meter.Dispose();
}
