using System.Text.Json;
using System.Text.Json.Serialization;
using PaySg.Functions.Checkout;
using PaySg.Functions.Json;
using PaySg.Functions.Outbox;
using PaySg.Functions.PaymentLinks;
using PaySg.Functions.PaymentLinks.Attempts;
using PaySg.Functions.Payments;
using PaySg.Functions.Refunds;
using PaySg.Functions.Webhooks.Delivery;

namespace PaySg.Functions.Storage;

/// <summary>How domain values are printed into rows and messages: for ourselves, not for callers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(PaymentDetails))]
[JsonSerializable(typeof(ChargeAttempt))]
[JsonSerializable(typeof(RefundRecord))]
[JsonSerializable(typeof(PaymentLink))]
[JsonSerializable(typeof(LinkAttempt))]
[JsonSerializable(typeof(OutboxMessage))]
[JsonSerializable(typeof(DeliveryMessage))]
[JsonSerializable(typeof(IReadOnlyList<DeliveryAttempt>))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>With text as it is, not escaped: three-byte text stays three bytes.</summary>
    public static StoredJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JsonStringifyEncoder.Instance,
        Converters =
        {
            new JsonStringEnumConverter<PaymentStatus>(),
            new JsonStringEnumConverter<ChargeAttemptStatus>(),
            new JsonStringEnumConverter<RefundStatus>(),
            new JsonStringEnumConverter<PaymentLinkStatus>(),
            new JsonStringEnumConverter<PaymentLinkSource>(),
        },
    });
}
