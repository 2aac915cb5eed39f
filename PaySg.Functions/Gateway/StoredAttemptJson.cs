using System.Text.Json.Serialization;

namespace PaySg.Functions.Gateway;

/// <summary>How attempts to charge are printed into rows and messages.</summary>
[JsonSerializable(typeof(ChargeAttempt))]
internal sealed partial class StoredAttemptJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredAttemptJson Compact { get; } = new(StoredJsonOptions.With(new JsonStringEnumConverter<ChargeAttemptStatus>()));
}
