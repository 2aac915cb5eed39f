namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Dice that fall the same way for the same seed, for as long as they are thrown in the same order.</summary>
public sealed class Chance(ulong seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new((int)(seed ^ (seed >> 32)));

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Is(int percent)
    {
        lock (gate)
            return random.Next(100) < percent;
    }

    /// <summary>A number from 0 on, below <paramref name="end"/>.</summary>
    public int Next(int end)
    {
        lock (gate)
            return random.Next(end);
    }
}
