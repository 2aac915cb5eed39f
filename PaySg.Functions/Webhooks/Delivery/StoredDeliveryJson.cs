using System.Text.Json.Serialization;

namespace PaySg.Functions.Webhooks.Delivery;

/// <summary>How deliveries are printed into rows and messages.</summary>
[JsonSerializable(typeof(DeliveryMessage))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryAttempt>))]
internal sealed partial class StoredDeliveryJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredDeliveryJson Compact { get; } = new(StoredJsonOptions.With());
}
