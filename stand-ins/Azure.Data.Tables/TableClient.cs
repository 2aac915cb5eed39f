#nullable disable // Null-oblivious, as the official package is.

using Azure.Core;
using Azure.Data.Tables.Internal;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>A client of one table: reads, writes and queries its entities. Safe to share.</summary>
public partial class TableClient
{
    private readonly TableService _service;

    /// <summary>For mocks.</summary>
    protected TableClient()
    {
    }

    /// <summary>Creates a client of a table of the account that a connection string names.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="tableName">The name of the table.</param>
    /// <exception cref="InvalidOperationException">If it is not a connection string with an account key.</exception>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <summary>Creates a client of a table of the account that a connection string names.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="options">Retries, transport and the like.</param>
    /// <exception cref="InvalidOperationException">If it is not a connection string with an account key.</exception>
    public TableClient(string connectionString, string tableName, TableClientOptions options = null)
        : this(TableService.Of(connectionString, options), tableName)
    {
    }

    /// <summary>Creates a client that authenticates with an account key.</summary>
    /// <param name="endpoint">The address of the account's Table service.</param>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="credential">The key.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(endpoint, tableName, credential, null)
    {
    }

    /// <summary>Creates a client that authenticates with an account key.</summary>
    /// <param name="endpoint">The address of the account's Table service.</param>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="credential">The key.</param>
    /// <param name="options">Retries, transport and the like.</param>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
        : this(TableService.Of(endpoint, credential, options), tableName)
    {
    }

    /// <summary>Creates a client that authenticates with tokens.</summary>
    /// <param name="endpoint">The address of the account's Table service, with https.</param>
    /// <param name="tableName">The name of the table.</param>
    /// <param name="tokenCredential">Where tokens come from.</param>
    /// <param name="options">Retries, transport and the like.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
        : this(TableService.Of(endpoint, tokenCredential, options), tableName)
    {
    }

    internal TableClient(TableService service, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _service = service;
        Name = tableName;
    }

    /// <summary>The name of the table.</summary>
    public virtual string Name { get; }

    /// <summary>The name of the account.</summary>
    public virtual string AccountName => _service.AccountName;

    /// <summary>The address of the table.</summary>
    public virtual Uri Uri => new(_service.AddressOf(Name));

    /// <summary>Writes values into a filter, as the literals of their types.</summary>
    /// <param name="filter">An interpolated string.</param>
    /// <exception cref="ArgumentException">If a value has a type that the service does not compare.</exception>
    public static string CreateQueryFilter(FormattableString filter) => filter is null ? null : ODataLiteral.Filter(filter);

    /// <summary>Creates the table.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">TableAlreadyExists (409), TableBeingDeleted (409), InvalidResourceName (400).</exception>
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), await _service.CreateTableAsync(Name, mayExist: false, cancellationToken));

    /// <summary>Creates the table unless it exists; the raw response has the status 409 then.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">TableBeingDeleted (409), InvalidResourceName (400).</exception>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), await _service.CreateTableAsync(Name, mayExist: true, cancellationToken));

    /// <summary>Deletes the table; the response has the status 404 if there was none.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RequestFailedException">If the service refuses.</exception>
    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        _service.DeleteTableAsync(Name, cancellationToken);
}
