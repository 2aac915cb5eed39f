namespace PaySg.Functions.PaymentLinks;

/// <summary>States of payment links as the API names them.</summary>
internal static class PaymentLinkStatusNames
{
    public static string Name(this PaymentLinkStatus status) => status switch
    {
        PaymentLinkStatus.Open => "open",
        PaymentLinkStatus.Closed => "closed",
        PaymentLinkStatus.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
