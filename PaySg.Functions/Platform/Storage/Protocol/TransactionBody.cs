using System.Buffers;
using Azure.Core;

namespace PaySg.Functions.Platform.Storage.Protocol;

/// <summary>The body of a transaction: <c>multipart/mixed</c> with one change set, which has a request for each row.</summary>
/// <param name="address">Where the table is.</param>
/// <param name="id">Makes the boundaries; unlike anything in a row, because rows are JSON in ASCII without line breaks.</param>
internal sealed class TransactionBody(TableAddress address, string id)
{
    private const string OfType = "@odata.type";

    public string ContentType { get; } = $"multipart/mixed; boundary=batch_{id}";

    /// <summary>Whether all of it can be written: rows as <see cref="EntityGroup"/> makes them.</summary>
    public static bool CanWrite(IReadOnlyList<TableTransactionAction> actions)
    {
        foreach (var action in actions)
        {
            if (action is not { Entity: TableEntity, ActionType: not TableTransactionActionType.UpsertMerge })
                return false;
        }

        return actions.Count > 0;
    }

    /// <summary>The whole body.</summary>
    public RequestContent Write(IReadOnlyList<TableTransactionAction> actions)
    {
        var buffer = RequestBuffer.Rent();
        var body = buffer.Bytes;
        Text(body, "--batch_");
        Text(body, id);
        body.Write("\r\nContent-Type: multipart/mixed; boundary=changeset_"u8);
        Text(body, id);
        body.Write("\r\n\r\n"u8);
        foreach (var action in actions)
        {
            body.Write("--changeset_"u8);
            Text(body, id);
            body.Write("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8);
            WriteRequest(body, action, buffer.Json);
        }

        body.Write("--changeset_"u8);
        Text(body, id);
        body.Write("--\r\n\r\n--batch_"u8);
        Text(body, id);
        body.Write("--\r\n"u8);
        return new BufferContent(buffer);
    }

    private void WriteRequest(ArrayBufferWriter<byte> body, TableTransactionAction action, Utf8JsonWriter json)
    {
        var row = (TableEntity)action.Entity;
        Text(body, action.ActionType switch
        {
            TableTransactionActionType.Add => "POST ",
            TableTransactionActionType.UpdateMerge => "PATCH ",
            TableTransactionActionType.Delete => "DELETE ",
            _ => "PUT ",
        });
        Text(body, address.Table);
        if (action.ActionType != TableTransactionActionType.Add)
            Text(body, TableAddress.KeysInUrl(row.PartitionKey, row.RowKey));

        Text(body, address.RestOfHead);
        if (action.ActionType is TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpdateMerge or TableTransactionActionType.Delete)
            Text(body, $"If-Match: {action.ETag}\r\n");

        switch (action.ActionType)
        {
            case TableTransactionActionType.Delete:
                body.Write("Accept: application/json;odata=minimalmetadata\r\n\r\n"u8);
                break;
            case TableTransactionActionType.Add:
                body.Write("Prefer: return-no-content\r\nAccept: application/json;odata=minimalmetadata\r\nContent-Type: application/json;odata=nometadata\r\n\r\n"u8);
                WriteRow(row, json);
                break;
            default:
                body.Write("Accept: application/json\r\nContent-Type: application/json\r\n\r\n"u8);
                WriteRow(row, json);
                break;
        }

        body.Write("\r\n"u8);
    }

    /// <summary>The row as JSON, with the type of each value that JSON does not tell.</summary>
    private static void WriteRow(TableEntity row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (column, value) in row)
        {
            switch (value)
            {
                case string text:
                    json.WriteString(column, text);
                    break;
                case byte[] bytes:
                    json.WriteBase64String(column, bytes);
                    WriteType(json, column, "Edm.Binary"u8);
                    break;
                case int number:
                    json.WriteNumber(column, number);
                    break;
                case long number:
                    json.WriteString(column, number.ToString(CultureInfo.InvariantCulture));
                    WriteType(json, column, "Edm.Int64"u8);
                    break;
                case bool flag:
                    json.WriteBoolean(column, flag);
                    break;
                case DateTimeOffset time:
                    json.WriteString(column, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
                    WriteType(json, column, "Edm.DateTime"u8);
                    break;
                case null:
                    json.WriteNull(column);
                    break;
                default:
                    throw new InvalidOperationException($"Column {column} holds a {value.GetType().Name}.");
            }
        }

        json.WriteEndObject();
        json.Flush();
        json.Reset();
    }

    private static void WriteType(Utf8JsonWriter json, string column, ReadOnlySpan<byte> type)
    {
        Span<char> name = stackalloc char[ColumnNames.Longest + OfType.Length];
        json.WriteString(name.TryWrite($"{column}{OfType}", out var length) ? name[..length] : column + OfType, type);
    }

    private static void Text(ArrayBufferWriter<byte> body, string text) => Encoding.UTF8.GetBytes(text, body);
}
