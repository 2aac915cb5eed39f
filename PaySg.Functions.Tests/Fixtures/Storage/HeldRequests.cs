namespace PaySg.Functions.Tests.Fixtures;

/// <summary>Requests to storage that are held up until the test lets them go.</summary>
public sealed class HeldRequests
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldRequests()
    {
    }

    /// <summary>Ends when one is held up.</summary>
    public Task Arrived => arrived.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);

    /// <summary>Holds up each request that matches.</summary>
    public static HeldRequests On(StorageTraffic traffic, Func<StorageRequest, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        var held = new HeldRequests();
        traffic.ComesBefore = async request =>
        {
            if (!matches(request))
                return;
            held.arrived.TrySetResult();
            await held.released.Task;
        };
        return held;
    }

    /// <summary>Lets all go on.</summary>
    public void Release() => released.TrySetResult();
}
