using Azure;
using Azure.Identity;

namespace PaySg.Functions.Storage;

/// <summary>Tells an unreachable or overloaded storage account from a fault of our own.</summary>
public static class StorageFaults
{
    /// <summary>Whether the fault passes by itself: no connection, a time-out, 408, 429 or 5xx.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // Azure.Core wraps the last try and those before it when all tries failed on the way.
        AggregateException { InnerExceptions.Count: > 0 } all => all.InnerExceptions.All(IsOutage),
        HttpRequestException or IOException or TimeoutException => true,
        // The pipeline's own network time-out; the callers of this method have ruled out a caller that left.
        OperationCanceledException => true,
        _ => false,
    };

    /// <summary>Whether it is storage that failed, in whatever way, and not our own code.</summary>
    public static bool IsOfStorage(Exception exception) => IsOutage(exception) || IsRefusal(exception) || exception is RequestFailedException;

    /// <summary>Whether storage refuses the app or lacks a table or queue: it does not pass by itself, somebody must put it right.</summary>
    public static bool IsRefusal(Exception exception) => exception is AuthenticationFailedException
        or RequestFailedException { Status: 401 or 403 or 507 }
        or RequestFailedException { Status: 404, ErrorCode: "TableNotFound" or "QueueNotFound" };
}
