using System.Security.Cryptography;

namespace PaySg.Functions.Platform.Idempotency;

/// <summary>
/// The parameters of a request in one canonical form: what was understood of it, by the names of the API, in the order of the names, with nothing in place of what
/// is absent. It says nothing of how rows are stored, and a parameter that a later release adds changes no fingerprint of a request without it.
/// So a repetition is known as one across releases.
/// </summary>
internal sealed class RequestParameters
{
    /// <summary>The version of the canonical form. Whoever changes the form raises it, and goes on reading the one before for a day.</summary>
    private const string Version = "1:";

    private readonly SortedDictionary<string, Action<Utf8JsonWriter>> writers = new(StringComparer.Ordinal);
    private byte[]? form;
    private Func<byte[]>? oldForm;

    /// <summary>The parameters of a call that has none.</summary>
    public static RequestParameters None => new();

    /// <summary>Tells a repetition from a misuse: the version of the form, and its SHA-256.</summary>
    public string Fingerprint => Version + Hash(form ?? Form());

    /// <summary>What a release before versions has stored as the fingerprint of the same request.</summary>
    public string OldFingerprint => Hash(oldForm?.Invoke() ?? form);

    /// <summary>Parameters that are in a canonical form already, because a null in them is not the same as nothing.</summary>
    public static RequestParameters OfForm(byte[] form) => new() { form = form };

    /// <summary>Adds a text; null: it is absent.</summary>
    public RequestParameters With(string name, string? value) => Add(name, value is null ? null : json => json.WriteStringValue(value));

    /// <summary>Adds a whole number; null: it is absent.</summary>
    public RequestParameters With(string name, long? value) => Add(name, value is { } number ? json => json.WriteNumberValue(number) : null);

    /// <summary>Adds a yes or no; null: it is absent.</summary>
    public RequestParameters With(string name, bool? value) => Add(name, value is { } flag ? json => json.WriteBooleanValue(flag) : null);

    /// <summary>Adds a time, to the millisecond; null: it is absent.</summary>
    public RequestParameters With(string name, DateTimeOffset? value) => With(name, value?.ToUnixTimeMilliseconds());

    /// <summary>Adds texts in their order; null: they are absent.</summary>
    public RequestParameters With(string name, IEnumerable<string>? values) => Add(name, values is null ? null : json => WriteList(json, values, json.WriteStringValue));

    /// <summary>Adds an object; null: it is absent.</summary>
    public RequestParameters With(string name, RequestParameters? value) => Add(name, value is null ? null : value.Write);

    /// <summary>Adds objects in their order; null: they are absent.</summary>
    public RequestParameters With(string name, IEnumerable<RequestParameters>? values) =>
        Add(name, values is null ? null : json => WriteList(json, values, value => value.Write(json)));

    /// <summary>Tells what a release before versions made the fingerprint of.</summary>
    public RequestParameters OnceWrittenAs(string text) => OnceWrittenAs(() => Encoding.UTF8.GetBytes(text));

    /// <summary>The same, made when it is asked for: only a record that has another fingerprint than the request is compared with it.</summary>
    public RequestParameters OnceWrittenAs(Func<byte[]> bytes)
    {
        oldForm = bytes;
        return this;
    }

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static void WriteList<T>(Utf8JsonWriter json, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var value in values)
            write(value);

        json.WriteEndArray();
    }

    private RequestParameters Add(string name, Action<Utf8JsonWriter>? write)
    {
        if (write is not null)
            writers.Add(name, write);

        return this;
    }

    private byte[] Form() => JsonText.Write(Write);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, write) in writers)
        {
            json.WritePropertyName(name);
            write(json);
        }

        json.WriteEndObject();
    }
}
