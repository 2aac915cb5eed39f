using System.Security.Cryptography;

namespace PaySg.LocalHost.Queues;

/// <summary>The pauses between looks at an empty queue: 100 ms, then about 200, 300, 500, 900 ms and so on up to the maximum.</summary>
/// <param name="most">The longest pause.</param>
/// <param name="random">Random numbers from 0 to 1; null is a source of the machine.</param>
internal sealed class PollingBackoff(TimeSpan most, Func<double>? random = null)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private readonly Func<double> random = random ?? (static () => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d);
    private int failures;
    private bool atMost;

    /// <summary>Starts again from the shortest pause: there was a message.</summary>
    public void Reset() => (failures, atMost) = (0, false);

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        if (atMost)
            return most;
        var pause = Least;
        if (failures > 0)
            pause += Least * Math.Pow(2, failures - 1) * (0.8 + (0.4 * random()));
        failures++;
        atMost = pause >= most;
        return atMost ? most : pause;
    }
}
