using System.Diagnostics;
using Azure;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>
/// Azure's client of a table, except that it does transactions and reads of one row itself: the same bytes, through the same kind of pipeline. Azure's client
/// makes a whole request of each row of a transaction, reads each part of the answer through a stream of its own, and makes two dictionaries of a row, which
/// costs more than everything else about a payment.
/// </summary>
/// <remarks>REST API of Table Storage, "Performing entity group transactions" and "Query entities". Decision 27 says why, and what holds the two together.</remarks>
internal class OwnTableClient : TableClient
{
    /// <summary>The name of Azure's own source, so that whoever listens to the client sees the same steps.</summary>
    private static readonly ActivitySource Source = new("Azure.Data.Tables.TableClient");

    private readonly TablePipeline pipeline;

    /// <summary>A table of an account that a connection string opens.</summary>
    public OwnTableClient(string connectionString, string table, TableClientOptions options)
        : base(connectionString, table, options) => pipeline = TablePipeline.ByKey(connectionString, table, options);

    /// <summary>A table of an account that the app's identity opens.</summary>
    public OwnTableClient(Uri endpoint, string table, TokenCredential identity, TableClientOptions options)
        : base(endpoint, table, identity, options) => pipeline = TablePipeline.ByIdentity(endpoint, table, identity, options);

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
            return await pipeline.SubmitAsync(actions, cancellationToken);
        }
        catch (Exception fault)
        {
            if (fault is not RequestFailedException { Status: 404 or 409 or 412 } || fault is RequestFailedException { ErrorCode: "TableNotFound" })
                step?.SetStatus(ActivityStatusCode.Error, fault.GetType().FullName);

            throw;
        }
    }

    /// <summary>Reads a row that may be missing; see the client's own method, which does the same.</summary>
    /// <exception cref="RequestFailedException">Storage refused.</exception>
    public override async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        if (typeof(T) != typeof(TableEntity) || select is not null)
            return await base.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);

        return await GetAsync<object?, NullableResponse<T>>(
            partitionKey,
            rowKey,
            state: null,
            static (response, _) =>
            {
                if (response.Status == 404)
                    return new NoRow<T>(response);

                using var body = AnswerBody.Of(response);
                return Response.FromValue((T)(object)RowAnswer.Read(body.Span), response);
            },
            cancellationToken);
    }

    /// <summary>Reads nothing but the document of a row, and makes no row of it.</summary>
    /// <param name="name">The document's name.</param>
    /// <param name="read">Reads the document.</param>
    /// <returns>What was read; null: there is no such row.</returns>
    /// <exception cref="RequestFailedException">Storage refused.</exception>
    public ValueTask<T?> FindDocumentAsync<T>(string partitionKey, string rowKey, string name, DocumentReader<T> read, CancellationToken cancellationToken)
        where T : class => GetAsync(
            partitionKey,
            rowKey,
            (name, read),
            static (response, document) =>
            {
                if (response.Status == 404)
                    return null;

                using var body = AnswerBody.Of(response);
                return DocumentAnswer.Read(body.Span, document.name, document.read);
            },
            cancellationToken);

    private async ValueTask<T> GetAsync<TState, T>(string partitionKey, string rowKey, TState state, Func<Response, TState, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        using var step = Source.StartActivity("TableClient.GetEntityIfExists", ActivityKind.Client);
        try
        {
            return await pipeline.GetAsync(partitionKey, rowKey, state, read, cancellationToken);
        }
        catch (Exception fault)
        {
            step?.SetStatus(ActivityStatusCode.Error, fault.GetType().FullName);
            throw;
        }
    }
}
