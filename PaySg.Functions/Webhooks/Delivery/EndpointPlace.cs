namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>A place for an attempt at an endpoint, or none. Disposing leaves it.</summary>
internal sealed class EndpointPlace(TimeSpan? putBackFor, Action<bool> leave) : IDisposable
{
    private bool isUsed = true;

    /// <summary>Null: the place is taken, and the attempt may be made. Else how long to put it back.</summary>
    public TimeSpan? PutBackFor { get; } = putBackFor;

    /// <summary>Nothing was sent from this place: how long it was held says nothing of the receiver.</summary>
    public void WasNotUsed() => isUsed = false;

    public void Dispose() => leave(isUsed);
}
