#nullable disable // Null-oblivious, as the official package is.

using System.Linq.Expressions;
using System.Net;
using Azure.Core;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <content>The calls that read and write entities.</content>
public partial class TableClient
{
    /// <summary>Adds an entity.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A response whose headers have the entity's ETag.</returns>
    /// <exception cref="RequestFailedException">EntityAlreadyExists (409), TableNotFound (404), EntityTooLarge (400).</exception>
    /// <exception cref="NotSupportedException">If the entity is of another type, or a value is of one that a table cannot hold.</exception>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        RequireKeys(entity);
        var message = _service.CreateMessage(RequestMethod.Post, Uri.EscapeDataString(Name));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return await SendAsync(message, entity, cancellationToken);
    }

    /// <summary>Reads an entity.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="partitionKey">The first half of its key.</param>
    /// <param name="rowKey">The second half of its key.</param>
    /// <param name="select">The names of the properties to read; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">ResourceNotFound (404), TableNotFound (404).</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await ReadAsync<T>(partitionKey, rowKey, select, null, cancellationToken);
        return Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Reads an entity if it, and the table, exist.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="partitionKey">The first half of its key.</param>
    /// <param name="rowKey">The second half of its key.</param>
    /// <param name="select">The names of the properties to read; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">If the service refuses for another reason.</exception>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await ReadAsync<T>(partitionKey, rowKey, select, HttpStatusCode.NotFound, cancellationToken);
        return response.Status == (int)HttpStatusCode.NotFound
            ? new NoValueResponse<T>(response)
            : Response.FromValue(Read<T>(response), response);
    }

    /// <summary>Changes an entity that exists.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="ifMatch">The version that must be stored; <see cref="ETag.All"/> for any.</param>
    /// <param name="mode">What happens to properties that <paramref name="entity"/> does not have.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A response whose headers have the entity's new ETag.</returns>
    /// <exception cref="RequestFailedException">UpdateConditionNotSatisfied (412), ResourceNotFound (404), EntityTooLarge (400).</exception>
    /// <exception cref="ArgumentException">If <paramref name="ifMatch"/> is the default.</exception>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
            throw new ArgumentException("An update needs an ETag; ETag.All stands for any.", nameof(ifMatch));
        return await WriteAsync(entity, mode, ifMatch, cancellationToken);
    }

    /// <summary>Adds an entity, or changes it if it exists.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="mode">What happens to stored properties that <paramref name="entity"/> does not have.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A response whose headers have the entity's new ETag.</returns>
    /// <exception cref="RequestFailedException">TableNotFound (404), EntityTooLarge (400).</exception>
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default)
        where T : ITableEntity => await WriteAsync(entity, mode, null, cancellationToken);

    /// <summary>Deletes an entity; the response has the status 404 if there was none.</summary>
    /// <param name="entity">An entity of the key.</param>
    /// <param name="ifMatch">The version that must be stored; by default any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">UpdateConditionNotSatisfied (412).</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        ITableEntity entity,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Deletes an entity; the response has the status 404 if there was none.</summary>
    /// <param name="partitionKey">The first half of its key.</param>
    /// <param name="rowKey">The second half of its key.</param>
    /// <param name="ifMatch">The version that must be stored; by default any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">UpdateConditionNotSatisfied (412).</exception>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default)
    {
        var message = _service.CreateMessage(RequestMethod.Delete, PathOf(partitionKey, rowKey), (int)HttpStatusCode.NotFound);
        message.Request.Headers.SetValue("If-Match", (ifMatch == default ? ETag.All : ifMatch).ToString());
        return await _service.SendAsync(message, cancellationToken);
    }

    /// <summary>Reads the entities that a filter selects, in the order of their keys.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="filter">Which ones, in OData's language; null for all. See <see cref="CreateQueryFilter(FormattableString)"/>.</param>
    /// <param name="maxPerPage">How many entities a page may have, at most 1000.</param>
    /// <param name="select">The names of the properties to read; null for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="RequestFailedException">TableNotFound (404), InvalidInput (400), when the result is enumerated.</exception>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null,
        int? maxPerPage = null,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        RequireTableEntity<T>();
        return (AsyncPageable<T>)(object)new Pages<TableEntity>(
            (token, size, cancellation) => EntityQuery.PageAsync(_service, Name, filter, select, token, size, cancellation),
            maxPerPage,
            cancellationToken);
    }

    /// <summary>Not supported: declared so that calls which are ambiguous with the official package are so here.</summary>
    /// <typeparam name="T"><see cref="TableEntity"/>.</typeparam>
    /// <param name="filter">Which entities.</param>
    /// <param name="maxPerPage">How many entities a page may have.</param>
    /// <param name="select">The names of the properties to read; null for all.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    [Obsolete("Only the official package translates expressions: write the filter as a string, with CreateQueryFilter.", error: true)]
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default)
        where T : class, ITableEntity => throw new NotSupportedException("Filters are strings here.");

    /// <summary>Does up to 100 actions on entities of one partition: all of them or none.</summary>
    /// <param name="transactionActions">The actions, each on another entity.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answers to the actions in their order, with the ETags of what was written.</returns>
    /// <exception cref="TableTransactionFailedException">If an action was refused: EntityAlreadyExists (409), UpdateConditionNotSatisfied (412)…</exception>
    /// <exception cref="RequestFailedException">If the whole was refused.</exception>
    /// <exception cref="InvalidOperationException">If there are no actions.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var transaction = new TransactionRequest(_service, Name, transactionActions);
        var message = _service.CreateMessage(RequestMethod.Post, "$batch");
        // The actions say what they accept; the whole is always multipart.
        message.Request.Headers.Remove("Accept");
        message.Request.Headers.SetValue("Content-Type", transaction.ContentType);
        message.Request.Content = RequestContent.Create(transaction.Body);
        var response = await _service.SendAsync(message, cancellationToken);
        var answers = TransactionResponse.Parse(response);
        if (answers is [{ IsError: true } refusal])
            throw new TableTransactionFailedException(new RequestFailedException(refusal, null, ErrorDetailsParser.Instance));
        return Response.FromValue<IReadOnlyList<Response>>(answers, response);
    }

    private Task<Response> ReadAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string> select,
        HttpStatusCode? expected,
        CancellationToken cancellationToken)
    {
        RequireTableEntity<T>();
        var path = PathOf(partitionKey, rowKey) + EntityQuery.Select(select);
        return _service.SendAsync(_service.CreateMessage(RequestMethod.Get, path, (int?)expected), cancellationToken);
    }

    private Task<Response> WriteAsync(ITableEntity entity, TableUpdateMode mode, ETag? ifMatch, CancellationToken cancellationToken)
    {
        RequireKeys(entity);
        var method = mode switch
        {
            TableUpdateMode.Merge => RequestMethod.Patch,
            TableUpdateMode.Replace => RequestMethod.Put,
            _ => throw new ArgumentException($"Unknown mode: {mode}.", nameof(mode)),
        };
        var message = _service.CreateMessage(method, PathOf(entity.PartitionKey, entity.RowKey));
        if (ifMatch is { } etag)
            message.Request.Headers.SetValue("If-Match", etag.ToString());
        return SendAsync(message, entity, cancellationToken);
    }

    private Task<Response> SendAsync(HttpMessage message, ITableEntity entity, CancellationToken cancellationToken)
    {
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(TableEntityWriter.Body(entity));
        return _service.SendAsync(message, cancellationToken);
    }

    private string PathOf(string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return ODataLiteral.EntityPath(Uri.EscapeDataString(Name), partitionKey, rowKey);
    }

    private static T Read<T>(Response response) => (T)(object)TableEntityReader.Entity(response.Content.ToMemory().Span);

    private static void RequireKeys(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.PartitionKey is null || entity.RowKey is null)
            throw new ArgumentNullException(nameof(entity), "An entity needs both halves of its key.");
    }

    private static void RequireTableEntity<T>()
    {
        if (typeof(T) != typeof(TableEntity))
            throw new NotSupportedException($"Only {nameof(TableEntity)} is supported, not {typeof(T)}.");
    }
}
