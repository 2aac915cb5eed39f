using System.Text.Json.Serialization;

namespace PaySg.Functions.Access;

/// <summary>How refused calls are printed into rows.</summary>
[JsonSerializable(typeof(IReadOnlyList<RefusedCall>))]
internal sealed partial class StoredKeyActivityJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredKeyActivityJson Compact { get; } = new(StoredJsonOptions.With());
}
