using System.Text.Json.Serialization;

namespace PaySg.Functions.Payments.Batches;

/// <summary>How batches are printed into rows.</summary>
[JsonSerializable(typeof(PaymentBatch))]
[JsonSerializable(typeof(BatchOutcome))]
[JsonSerializable(typeof(IReadOnlyList<BatchMistake>))]
internal sealed partial class StoredBatchJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredBatchJson Compact { get; } = new(StoredJsonOptions.With(new JsonStringEnumConverter<BatchStatus>(), new JsonStringEnumConverter<BatchMailing>()));
}
