#nullable disable // Null-oblivious, as the official package is.

using System.Collections;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <summary>An entity as a dictionary of its properties, its keys, timestamp and ETag among them.</summary>
#pragma warning disable CA1710 // The name is the official package's.
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
#pragma warning restore CA1710
{
    private readonly Dictionary<string, object> _properties;

    /// <summary>Creates an entity without keys.</summary>
    public TableEntity() => _properties = [];

    /// <summary>Creates an entity of a key.</summary>
    /// <param name="partitionKey">The first half of the key.</param>
    /// <param name="rowKey">The second half of the key.</param>
    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>Creates an entity of properties.</summary>
    /// <param name="values">The properties, keys included; null for none.</param>
    public TableEntity(IDictionary<string, object> values) =>
        _properties = values is null ? [] : new Dictionary<string, object>(values);

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(PropertyNames.PartitionKey);
        set => _properties[PropertyNames.PartitionKey] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(PropertyNames.RowKey);
        set => _properties[PropertyNames.RowKey] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(PropertyNames.Timestamp);
        set => _properties[PropertyNames.Timestamp] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => new(GetString(PropertyNames.ETag));
        set => _properties[PropertyNames.ETag] = value.ToString();
    }

    /// <summary>How many properties there are, keys, timestamp and ETag included.</summary>
    public int Count => _properties.Count;

    /// <summary>The names of the properties, keys, timestamp and ETag included.</summary>
    public ICollection<string> Keys => _properties.Keys;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>A property; null if there is none of that name.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="ArgumentException">If the name is null or empty.</exception>
    public object this[string key]
    {
        get => Find(key);
        set => Set(key, value);
    }

    /// <summary>Reads a string; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public string GetString(string key) => Find(key) switch
    {
        null => null,
        string value => value,
        var other => throw WrongType(key, other, "string"),
    };

    /// <summary>Reads binary data; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public byte[] GetBinary(string key) => Find(key) switch
    {
        null => null,
        byte[] value => value,
        var other => throw WrongType(key, other, "byte[]"),
    };

    /// <summary>Reads binary data; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public BinaryData GetBinaryData(string key) => Find(key) switch
    {
        null => null,
        BinaryData value => value,
        byte[] value => new BinaryData(value),
        var other => throw WrongType(key, other, nameof(BinaryData)),
    };

    /// <summary>Reads a boolean; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public bool? GetBoolean(string key) => Get<bool>(key);

    /// <summary>Reads an instant as UTC; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public DateTime? GetDateTime(string key) =>
        Find(key) is DateTimeOffset instant ? instant.UtcDateTime : Get<DateTime>(key);

    /// <summary>Reads an instant; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        Find(key) is DateTime instant ? new DateTimeOffset(instant) : Get<DateTimeOffset>(key);

    /// <summary>Reads a floating-point number; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public double? GetDouble(string key) => Get<double>(key);

    /// <summary>Reads a GUID; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public Guid? GetGuid(string key) => Get<Guid>(key);

    /// <summary>Reads a 32-bit integer; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public int? GetInt32(string key) => Get<int>(key);

    /// <summary>Reads a 64-bit integer; null if there is no such property.</summary>
    /// <param name="key">The name of the property.</param>
    /// <exception cref="InvalidOperationException">If the property has another type.</exception>
    public long? GetInt64(string key) => Get<long>(key);

    /// <summary>Sets a property, whether or not there is one of that name.</summary>
    /// <param name="key">The name of the property.</param>
    /// <param name="value">Its value; null is not sent to the service.</param>
    /// <exception cref="ArgumentException">If the name is null or empty.</exception>
    public void Add(string key, object value) => Set(key, value);

    /// <summary>Removes all properties, keys included.</summary>
    public void Clear() => _properties.Clear();

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => _properties.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Set(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => Pairs.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        Pairs.CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => Pairs.Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    // Reader and writer go over the properties without the interface's boxed enumerator and without coercion.
    internal Dictionary<string, object> Properties => _properties;

    private ICollection<KeyValuePair<string, object>> Pairs => _properties;

    private object Find(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _properties.GetValueOrDefault(key);
    }

    private T? Get<T>(string key)
        where T : struct => Find(key) switch
        {
            null => null,
            T value => value,
            var other => throw WrongType(key, other, typeof(T).Name),
        };

    private void Set(string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        _properties[key] = (Find(key), value) switch
        {
            // A column keeps its type when it is given a smaller number: entity["Amount"] = 5 stays Edm.Int64.
            (long, int number) => (long)number,
            (double, int number) => (double)number,
            (string, DateTime or DateTimeOffset) => value.ToString(),
            _ => value,
        };
    }

    private static InvalidOperationException WrongType(string key, object value, string wanted) =>
        new($"The property '{key}' is a {value.GetType().Name}, not a {wanted}.");
}
