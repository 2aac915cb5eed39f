using System.Collections.Concurrent;

namespace PaySg.Functions.Tests.Fixtures;

/// <summary>
/// What products were found to have done when they were stopped. A product that the tests of a class share is stopped when they are over: what xunit hears
/// of it then fails no test, so it is asked for at the end of the run.
/// </summary>
public static class StoppedProducts
{
    private static readonly ConcurrentQueue<string> Found = new();

    /// <summary>All that was found.</summary>
    public static IReadOnlyCollection<string> Faults => Found;

    public static void Note(IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            Found.Enqueue(fault);
    }
}
