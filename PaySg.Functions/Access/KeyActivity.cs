namespace PaySg.Functions.Access;

/// <summary>
/// What one API key did, in the memory of this instance, until it is written: the day of its last use, and its newest refused calls. Noting asks storage nothing.
/// </summary>
internal sealed class KeyActivity(string paymentServiceId, string keyId, KeyActivities all) : IRefusalWatch
{
    /// <summary>How many refused calls of a key are kept, in memory and in storage: the newest.</summary>
    public const int MostRefused = 100;

    private readonly Lock gate = new();
    private readonly Queue<RefusedCall> refused = new();
    private int usedOn;
    private int writtenOn;

    /// <summary>Whether something waits to be written.</summary>
    public bool IsPending
    {
        get
        {
            lock (gate)
                return refused.Count > 0 || usedOn > writtenOn;
        }
    }

    /// <summary>Notes that the key let somebody in on a day of Singapore. Only the first call of a day leaves anything to write.</summary>
    public void Use(DateOnly day)
    {
        if (Volatile.Read(ref usedOn) >= day.DayNumber)
            return;

        lock (gate)
            usedOn = Math.Max(usedOn, day.DayNumber);

        all.WriteLater();
    }

    public void Note(RefusedCall refused)
    {
        lock (gate)
        {
            this.refused.Enqueue(refused);
            if (this.refused.Count > MostRefused)
                this.refused.Dequeue();
        }

        all.WriteLater();
    }

    /// <summary>Writes what waits: one request for a new day, two for refused calls however many they were. What was not written waits for the next time.</summary>
    public async Task WriteAsync(KeyActivityStore store)
    {
        int day;
        lock (gate)
            day = usedOn > writtenOn ? usedOn : 0;

        if (day > 0)
        {
            await store.WriteUseAsync(paymentServiceId, keyId, DateOnly.FromDayNumber(day));
            lock (gate)
                writtenOn = Math.Max(writtenOn, day);
        }

        RefusedCall[] taken;
        lock (gate)
        {
            taken = [.. refused];
            refused.Clear();
        }

        var isWritten = false;
        try
        {
            isWritten = taken.Length == 0 || await store.AddRefusedAsync(paymentServiceId, keyId, taken);
        }
        finally
        {
            if (!isWritten)
                PutBack(taken);
        }
    }

    private void PutBack(RefusedCall[] taken)
    {
        lock (gate)
        {
            RefusedCall[] newest = [.. taken.Concat(refused).TakeLast(MostRefused)];
            refused.Clear();
            foreach (var one in newest)
                refused.Enqueue(one);
        }
    }
}
