namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>A first attempt that was begun. Both tasks fail as the attempt does.</summary>
/// <param name="Written">Ends when the fan-out need not see to the delivery any more: true, it is in storage; false, nothing was posted or written, and it is left to a message.</param>
/// <param name="Whole">Ends when the attempt is over and recorded.</param>
internal sealed record FirstAttemptRun(Task<bool> Written, Task Whole);
