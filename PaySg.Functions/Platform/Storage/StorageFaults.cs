using System.Xml;
using Azure;
using Azure.Identity;

namespace PaySg.Functions.Platform.Storage;

/// <summary>Tells an unreachable or overloaded storage account from a fault of our own.</summary>
public static class StorageFaults
{
    /// <summary>Whether the fault passes by itself: no connection, a time-out, 408, 429, 5xx, or an answer that is not one of storage.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        _ when IsForeign(exception) => true,
        // Azure.Core wraps the last try and those before it when all tries failed on the way.
        AggregateException { InnerExceptions.Count: > 0 } all => all.InnerExceptions.All(IsOutage),
        // A transaction whose answer is empty or cut off is an IOException, a queue's an XmlException: what was done is not known.
        HttpRequestException or IOException or TimeoutException or XmlException => true,
        // The pipeline's own network time-out; the callers of this method have ruled out a caller that left.
        OperationCanceledException => true,
        _ => false,
    };

    /// <summary>Whether the answer was none of storage: something stands on the way, or the address is another's. What the client throws there bears the status of a success.</summary>
    public static bool IsForeign(Exception exception) => exception is ForeignAnswerException or RequestFailedException { Status: > 0 and < 400 };

    /// <summary>Whether it is storage that failed, in whatever way, and not our own code.</summary>
    public static bool IsOfStorage(Exception exception) => IsOutage(exception) || IsRefusal(exception) || exception is RequestFailedException;

    /// <summary>Whether storage refuses the app or lacks a table or queue: it does not pass by itself, somebody must put it right.</summary>
    public static bool IsRefusal(Exception exception) => exception is AuthenticationFailedException
        or RequestFailedException { Status: 401 or 403 or 407 or 507 }
        or RequestFailedException { Status: 404, ErrorCode: "TableNotFound" or "QueueNotFound" };
}
