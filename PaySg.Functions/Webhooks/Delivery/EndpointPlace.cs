namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>A place for an attempt at an endpoint, or none. Disposing leaves it.</summary>
public sealed class EndpointPlace(TimeSpan? putBackFor, Action leave) : IDisposable
{
    /// <summary>Null: the place is taken, and the attempt may be made. Else how long to put it back.</summary>
    public TimeSpan? PutBackFor { get; } = putBackFor;

    /// <inheritdoc />
    public void Dispose() => leave();
}
