namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>Leave to post to a host, or none. Disposing ends it.</summary>
/// <param name="putBackFor">See <see cref="PutBackFor"/>.</param>
/// <param name="leave">Takes note of what came of it; null: nothing was sent.</param>
internal sealed class HostPlace(TimeSpan? putBackFor, Action<PostResult?> leave) : IDisposable
{
    /// <summary>Null: the attempt may be made. Else how long to put it back.</summary>
    public TimeSpan? PutBackFor { get; } = putBackFor;

    /// <summary>What came of the attempt; null: it was not made.</summary>
    public PostResult? Post { get; set; }

    public void Dispose() => leave(Post);
}
