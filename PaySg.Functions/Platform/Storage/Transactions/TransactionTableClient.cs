using System.Diagnostics;
using Azure;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Transactions;

/// <summary>
/// Azure's client of a table, except that it writes and reads transactions itself: the same bytes, through the same kind of pipeline. Azure's client makes a
/// whole request of each row and reads each part of the answer through a stream of its own, which costs more than everything else about a payment.
/// </summary>
/// <remarks>REST API of Table Storage, "Performing entity group transactions". Decision 27 says why, and what holds the two together.</remarks>
internal sealed class TransactionTableClient : TableClient
{
    /// <summary>The name of Azure's own source, so that whoever listens to the client sees the same steps.</summary>
    private static readonly ActivitySource Source = new("Azure.Data.Tables.TableClient");

    private readonly TransactionPipeline transactions;

    /// <summary>A table of an account that a connection string opens.</summary>
    public TransactionTableClient(string connectionString, string table, TableClientOptions options)
        : base(connectionString, table, options) => transactions = TransactionPipeline.ByKey(connectionString, table, options);

    /// <summary>A table of an account that the app's identity opens.</summary>
    public TransactionTableClient(Uri endpoint, string table, TokenCredential identity, TableClientOptions options)
        : base(endpoint, table, identity, options) => transactions = TransactionPipeline.ByIdentity(endpoint, table, identity, options);

    /// <summary>Writes all rows or none; see the client's own method, which does the same.</summary>
    /// <exception cref="TableTransactionFailedException">A row was refused, and so nothing is written.</exception>
    /// <exception cref="RequestFailedException">The transaction was refused as a whole.</exception>
    /// <exception cref="FormatException">The answer cannot be read: whether the transaction was committed is not known.</exception>
    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        if (transactionActions is not IReadOnlyList<TableTransactionAction> actions || !TransactionBody.CanWrite(actions))
#pragma warning disable RS0030 // What EntityGroup does not make.
            return await base.SubmitTransactionAsync(transactionActions, cancellationToken);
#pragma warning restore RS0030

        using var step = Source.StartActivity("TableClient.SubmitTransaction", ActivityKind.Client);
        try
        {
            return await transactions.SubmitAsync(actions, cancellationToken);
        }
        catch (Exception fault)
        {
            if (fault is not RequestFailedException { Status: 404 or 409 or 412 } || fault is RequestFailedException { ErrorCode: "TableNotFound" })
                step?.SetStatus(ActivityStatusCode.Error, fault.GetType().FullName);

            throw;
        }
    }
}
