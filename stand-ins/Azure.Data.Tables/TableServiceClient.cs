#nullable disable // Null-oblivious, as the official package is.

using Azure.Core;
using Azure.Data.Tables.Internal;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>A client of a storage account's Table service: creates, deletes and lists tables. Safe to share.</summary>
public class TableServiceClient
{
    private readonly TableService _service;

    /// <summary>For mocks.</summary>
    protected TableServiceClient()
    {
    }

    /// <summary>Creates a client of the account that a connection string names.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <exception cref="InvalidOperationException">If it is not a connection string with an account key.</exception>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <summary>Creates a client of the account that a connection string names.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="options">Retries, transport and the like.</param>
    /// <exception cref="InvalidOperationException">If it is not a connection string with an account key.</exception>
    public TableServiceClient(string connectionString, TableClientOptions options = null) =>
        _service = TableService.Of(connectionString, options);

    /// <summary>Creates a client that authenticates with an account key.</summary>
    /// <param name="endpoint">The address of the account's Table service.</param>
    /// <param name="credential">The key.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(endpoint, credential, null)
    {
    }

    /// <summary>Creates a client that authenticates with an account key.</summary>
    /// <param name="endpoint">The address of the account's Table service.</param>
    /// <param name="credential">The key.</param>
    /// <param name="options">Retries, transport and the like.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
        _service = TableService.Of(endpoint, credential, options);

    /// <summary>Creates a client that authenticates with tokens.</summary>
    /// <param name="endpoint">The address of the account's Table service, with https.</param>
    /// <param name="tokenCredential">Where tokens come from.</param>
    /// <param name="options">Retries, transport and the like.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        _service = TableService.Of(endpoint, tokenCredential, options);

    /// <summary>The name of the account.</summary>
    public virtual string AccountName => _service.AccountName;

    /// <summary>The address of the account's Table service.</summary>
    public virtual Uri Uri => _service.Endpoint;

    /// <summary>Writes values into a filter, as the literals of their types.</summary>
    /// <param name="filter">An interpolated string.</param>
    /// <exception cref="ArgumentException">If a value has a type that the service does not compare.</exception>
    public static string CreateQueryFilter(FormattableString filter) => filter is null ? null : ODataLiteral.Filter(filter);

    /// <summary>A client of one table, which need not exist. It shares this client's pipeline.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <exception cref="ArgumentNullException">If the name is null.</exception>
    public virtual TableClient GetTableClient(string tableName)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        return new TableClient(_service, tableName);
    }

    /// <summary>Creates a table.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">TableAlreadyExists (409), TableBeingDeleted (409), InvalidResourceName (400).</exception>
    public virtual async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        return Response.FromValue(new TableItem(tableName), await _service.CreateTableAsync(tableName, mayExist: false, cancellationToken));
    }

    /// <summary>Creates a table unless it exists; the raw response has the status 409 then.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">TableBeingDeleted (409), InvalidResourceName (400).</exception>
    public virtual async Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        return Response.FromValue(new TableItem(tableName), await _service.CreateTableAsync(tableName, mayExist: true, cancellationToken));
    }

    /// <summary>Deletes a table; the response has the status 404 if there was none.</summary>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">If the service refuses.</exception>
    public virtual async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tableName);
        return await _service.DeleteTableAsync(tableName, cancellationToken);
    }

    /// <summary>Lists the account's tables.</summary>
    /// <param name="filter">Which ones, such as <c>TableName eq 'payments'</c>; null for all.</param>
    /// <param name="maxPerPage">How many tables a page may have.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="RequestFailedException">If the service refuses, when the result is enumerated.</exception>
    public virtual AsyncPageable<TableItem> QueryAsync(string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new Pages<TableItem>(
            (token, size, cancellation) => EntityQuery.TablesPageAsync(_service, filter, token, size, cancellation),
            maxPerPage,
            cancellationToken);

    /// <summary>Lists the account's tables.</summary>
    /// <param name="filter">Which ones, as an interpolated string whose values are quoted.</param>
    /// <param name="maxPerPage">How many tables a page may have.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="RequestFailedException">If the service refuses, when the result is enumerated.</exception>
    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);
}
