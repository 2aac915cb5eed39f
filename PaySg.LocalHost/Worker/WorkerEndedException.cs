namespace PaySg.LocalHost.Worker;

/// <summary>A worker that ended before it answered.</summary>
internal sealed class WorkerEndedException(string message) : WorkerException(message);
