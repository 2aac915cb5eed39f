using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables.Internal;

/// <summary>
/// Writes a transaction as one multipart body: a batch of one change set, whose parts are the HTTP requests of the actions.
/// </summary>
internal sealed class TransactionRequest
{
    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly string _boundary = "batch_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly string _changeSet = "changeset_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly TableService _service;
    private readonly string _table;

    /// <exception cref="InvalidOperationException">If there are no actions.</exception>
    public TransactionRequest(TableService service, string table, IEnumerable<TableTransactionAction> actions)
    {
        _service = service;
        _table = Uri.EscapeDataString(table);
        Append($"--{_boundary}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");
        var count = 0;
        foreach (var action in actions)
        {
            Append(action);
            count++;
        }

        if (count == 0)
            throw new InvalidOperationException("A transaction needs at least one action.");
        Append($"--{_changeSet}--\r\n--{_boundary}--\r\n");
    }

    public string ContentType => $"multipart/mixed; boundary={_boundary}";

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    private void Append(TableTransactionAction action)
    {
        var (method, ifMatch) = Of(action);
        var path = action.ActionType == TableTransactionActionType.Add
            ? _table
            : ODataLiteral.EntityPath(_table, action.Entity.PartitionKey, action.Entity.RowKey);
        Append(
            $"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n" +
            $"{method} {_service.AddressOf(path)} HTTP/1.1\r\n" +
            $"DataServiceVersion: 3.0\r\nAccept: {TableService.MinimalMetadata}\r\n");
        if (ifMatch is not null)
            Append($"If-Match: {ifMatch}\r\n");
        if (action.ActionType == TableTransactionActionType.Add)
            Append("Prefer: return-no-content\r\n");
        if (action.ActionType == TableTransactionActionType.Delete)
        {
            Append("\r\n");
        }
        else
        {
            Append("Content-Type: application/json\r\n\r\n");
            TableEntityWriter.Write(_body, action.Entity);
        }

        Append("\r\n");
    }

    private static (string Method, string? IfMatch) Of(TableTransactionAction action)
    {
        var etag = action.ETag == default ? null : action.ETag.ToString();
        return action.ActionType switch
        {
            TableTransactionActionType.Add => ("POST", null),
            TableTransactionActionType.UpdateMerge => ("PATCH", etag),
            TableTransactionActionType.UpdateReplace => ("PUT", etag),
            TableTransactionActionType.Delete => ("DELETE", etag ?? "*"),
            TableTransactionActionType.UpsertMerge => ("PATCH", null),
            TableTransactionActionType.UpsertReplace => ("PUT", null),
            _ => throw new InvalidOperationException($"Unknown kind of action: {action.ActionType}."),
        };
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _body);
}
