namespace PaySg.Functions.PaymentLinks;

/// <summary>Which version of the Singapay API a payment link was made through.</summary>
internal enum PaymentLinkSource
{
    /// <summary>v1.0.</summary>
    ApiV1,

    /// <summary>v2.0.</summary>
    ApiV2,
}
