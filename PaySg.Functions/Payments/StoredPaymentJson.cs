using System.Text.Json.Serialization;
using PaySg.Functions.Gateway;
using PaySg.Functions.Payments.Refunds;

namespace PaySg.Functions.Payments;

/// <summary>How payments and their refunds are printed into rows and messages.</summary>
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(PaymentDetails))]
[JsonSerializable(typeof(RefundRecord))]
internal sealed partial class StoredPaymentJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredPaymentJson Compact { get; } = new(StoredJsonOptions.With(new JsonStringEnumConverter<PaymentStatus>(), new JsonStringEnumConverter<RefundStatus>(), new JsonStringEnumConverter<DisputeStatus>()));
}
