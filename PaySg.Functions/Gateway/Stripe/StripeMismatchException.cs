namespace PaySg.Functions.Gateway.Stripe;

/// <summary>An object at Stripe is not what is written here: another amount, currency, mode or attempt. Nothing is believed of it, and somebody must look.</summary>
internal sealed class StripeMismatchException(string objectId, string difference)
    : Exception($"{objectId} at Stripe does not belong to what is stored here: {difference}")
{
    public string ObjectId { get; } = objectId;

    public string Difference { get; } = difference;
}
