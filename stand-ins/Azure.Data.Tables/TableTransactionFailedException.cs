#nullable disable // Null-oblivious, as the official package is.

using System.Globalization;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused because of one of its actions; nothing of it was written.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    /// <summary>Creates the exception from the service's answer to the failed action.</summary>
    /// <param name="requestFailedException">That answer.</param>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        if (requestFailedException.Data[ErrorDetailsParser.FailedActionKey] is string index)
            FailedTransactionActionIndex = int.Parse(index, CultureInfo.InvariantCulture);
    }

    /// <summary>The position of the action that failed; null if the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
