namespace PaySg.Functions.Gateway;

/// <summary>The kinds of methods that payers of payments may choose, whoever the gateway is. They are stored with attempts.</summary>
internal static class MethodKinds
{
    public const string Card = "card";

    /// <summary>The payer scans a QR code; decided later.</summary>
    public const string PayNow = "paynow";
}
