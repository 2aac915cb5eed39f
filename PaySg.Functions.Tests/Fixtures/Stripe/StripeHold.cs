namespace PaySg.Functions.Tests.Fixtures;

/// <summary>A call that a test holds up.</summary>
internal sealed class StripeHold
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The call is there.</summary>
    public Task Reached => reached.Task.WaitAsync(Limit, TimeProvider.System);

    public void Release() => released.TrySetResult();

    internal Task WaitAsync()
    {
        reached.TrySetResult();
        return released.Task.WaitAsync(Limit, TimeProvider.System);
    }
}
