using System.Text.Json.Serialization;
using PaySg.Functions.Gateway;
using PaySg.Functions.PaymentLinks.Attempts;

namespace PaySg.Functions.PaymentLinks;

/// <summary>How payment links and the attempts on them are printed into rows and messages.</summary>
[JsonSerializable(typeof(PaymentLink))]
[JsonSerializable(typeof(LinkAttempt))]
internal sealed partial class StoredLinkJson : JsonSerializerContext
{
    /// <summary>The context with the options that all rows share.</summary>
    public static StoredLinkJson Compact { get; } = new(StoredJsonOptions.With(new JsonStringEnumConverter<PaymentLinkStatus>(), new JsonStringEnumConverter<PaymentLinkSource>(), new JsonStringEnumConverter<ChargeAttemptStatus>()));
}
