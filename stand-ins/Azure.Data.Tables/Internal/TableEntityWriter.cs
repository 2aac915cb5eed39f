using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>Writes an entity as the service's JSON, with type annotations where JSON's own types do not tell.</summary>
internal static class TableEntityWriter
{
    // The bodies are read by the service alone, never by a browser: text stays UTF-8, which is shorter.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="NotSupportedException">If the entity is no <see cref="TableEntity"/>, or a value has a type that a table cannot hold.</exception>
    public static void Write(IBufferWriter<byte> output, ITableEntity entity)
    {
        if (entity is not TableEntity tableEntity)
            throw new NotSupportedException($"Only {nameof(TableEntity)} is supported, not {entity.GetType()}.");

        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        foreach (var (name, value) in tableEntity.Properties)
        {
            // The service keeps timestamp and ETag itself, and has no nulls.
            if (value is not null && name is not (PropertyNames.Timestamp or PropertyNames.ETag))
                WriteProperty(json, name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>The body of a request that carries one entity.</summary>
    public static ReadOnlyMemory<byte> Body(ITableEntity entity)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, entity);
        return output.WrittenMemory;
    }

    /// <summary>The body of a request that creates a table.</summary>
    public static ReadOnlyMemory<byte> TableNameBody(string name) => Body(new TableEntity { ["TableName"] = name });

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: WriteTyped(json, name, EdmTypes.Int64, number.ToString()); break;
            case ulong number: WriteTyped(json, name, EdmTypes.Int64, number.ToString()); break;
            case double number: WriteDouble(json, name, number); break;
            case Guid id: WriteTyped(json, name, EdmTypes.Guid, id.ToString()); break;
            case DateTimeOffset instant: WriteTyped(json, name, EdmTypes.DateTime, ODataLiteral.Instant(instant)); break;
            case DateTime { Kind: DateTimeKind.Utc } instant: WriteTyped(json, name, EdmTypes.DateTime, ODataLiteral.Instant(instant)); break;
            case byte[] bytes: WriteBinary(json, name, bytes); break;
            case BinaryData bytes: WriteBinary(json, name, bytes.ToMemory().Span); break;
            case DateTime: throw new NotSupportedException($"The property '{name}' is a DateTime that is not in UTC.");
            default: throw new NotSupportedException($"The property '{name}' is a {value.GetType()}, which a table cannot hold.");
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + EdmTypes.Annotation, type);
        json.WriteString(name, value);
    }

    private static void WriteBinary(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        json.WriteString(name + EdmTypes.Annotation, EdmTypes.Binary);
        json.WriteBase64String(name, bytes);
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        json.WriteString(name + EdmTypes.Annotation, EdmTypes.Double);
        if (double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteString(name, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }
}
