namespace PaySg.LocalHost.Worker;

/// <summary>A function that failed in the worker. The message holds what the worker said.</summary>
internal class WorkerException(string message) : Exception(message);
