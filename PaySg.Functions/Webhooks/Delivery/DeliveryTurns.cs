namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>
/// One attempt of a delivery at a time in this process: a message that came twice waits, finds the attempt made, and does nothing. Processes
/// do not see each other's turns; between them the write of the attempt decides, and a receiver may get the event twice.
/// </summary>
internal sealed class DeliveryTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string EndpointId, string EventId), Task> last = [];

    /// <summary>Waits for the attempts before; disposing lets the next go on.</summary>
    public async Task<IDisposable> TakeAsync(string endpointId, string eventId)
    {
        var key = (endpointId, eventId);
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? before;
        lock (gate)
        {
            last.TryGetValue(key, out before);
            last[key] = mine.Task;
        }

        if (before is not null)
            await before;

        return new Turn(() => End(key, mine));
    }

    private void End((string EndpointId, string EventId) key, TaskCompletionSource mine)
    {
        lock (gate)
        {
            if (last[key] == mine.Task)
                last.Remove(key);
        }

        mine.SetResult();
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
