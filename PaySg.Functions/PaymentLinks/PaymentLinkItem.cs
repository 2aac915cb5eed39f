namespace PaySg.Functions.PaymentLinks;

/// <summary>What a payment link's amount is made of: one line.</summary>
/// <param name="Name">What it is, at most 255 characters.</param>
/// <param name="Quantity">How many, in the form in which the owner wrote it: it is shown so again.</param>
/// <param name="UnitPrice">What one costs, in whole rupiah, in the form in which the owner wrote it. Negative: a discount.</param>
internal sealed record PaymentLinkItem(string Name, WrittenNumber Quantity, WrittenNumber UnitPrice)
{
    /// <summary>The largest quantity.</summary>
    public const long MaxQuantity = 1_000_000;

    /// <summary>Quantity times unit price, in whole rupiah. Both are bounded when they are read, so it cannot overflow.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Subtotal => Quantity.Value * UnitPrice.Value;
}
