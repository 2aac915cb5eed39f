using System.Text.Json.Serialization;

namespace PaySg.Functions.Platform.Outbox;

/// <summary>How messages about the outbox are printed into rows and messages.</summary>
[JsonSerializable(typeof(OutboxMessage))]
internal sealed partial class StoredOutboxJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredOutboxJson Compact { get; } = new(StoredJsonOptions.With());
}
