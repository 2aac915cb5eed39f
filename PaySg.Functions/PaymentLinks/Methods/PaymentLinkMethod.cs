namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>A method that payment links can be paid by.</summary>
/// <param name="Code">Its code, in which case matters, such as <c>VA_BRI</c>.</param>
/// <param name="Name">Its name, such as <c>VA BRI</c>.</param>
/// <param name="Group">Its kind: <c>qris</c>, <c>va</c>, <c>ewallet</c>, <c>offline_store</c> or <c>card</c>.</param>
/// <param name="Description">What it is, in words for payers.</param>
/// <param name="Brand">What payers call it among others of its kind, such as <c>BRI</c>.</param>
internal sealed record PaymentLinkMethod(string Code, string Name, string Group, string Description, string Brand)
{
    /// <summary>The group of QR codes.</summary>
    public const string Qris = "qris";

    /// <summary>The group of account numbers that are valid for one payment.</summary>
    public const string VirtualAccount = "va";

    /// <summary>The group of apps that hold money.</summary>
    public const string EWallet = "ewallet";

    /// <summary>The group of shops that take cash.</summary>
    public const string OfflineStore = "offline_store";

    /// <summary>The group of credit and debit cards.</summary>
    public const string Card = "card";
}
