using System.Collections.Frozen;
using PaySg.Functions.Gateway.Sandbox;

namespace PaySg.Functions.PaymentLinks.Methods;

/// <summary>The methods that payment links can be paid by: those that Singapay's sandbox listed in August 2026.</summary>
public static class PaymentLinkMethods
{
    /// <summary>All, in the order in which they are listed.</summary>
    public static IReadOnlyList<PaymentLinkMethod> All { get; } =
    [
        new("QRIS", "QRIS", PaymentLinkMethod.Qris, "QR Code Indonesian Standard", "QRIS"),
        VirtualAccount("BCA"),
        VirtualAccount("BNC"),
        VirtualAccount("BNI"),
        VirtualAccount("BRI"),
        VirtualAccount("BSI"),
        VirtualAccount("CIMB"),
        VirtualAccount("DANAMON"),
        VirtualAccount("MANDIRI"),
        VirtualAccount("MAYBANK"),
        VirtualAccount("MUAMALAT"),
        VirtualAccount("OCBC"),
        VirtualAccount("PERMATA"),
        EWallet("DANA", "DANA"),
        EWallet("GOPAY", "GoPay"),
        EWallet("OVO", "OVO"),
        EWallet("SHOPEEPAY", "ShopeePay"),
        new("ALFAMART", "ALFAMART", PaymentLinkMethod.OfflineStore, "Payment at an Alfamart store", "Alfamart"),
        new("INDOMARET", "INDOMARET", PaymentLinkMethod.OfflineStore, "Payment at an Indomaret store", "Indomaret"),
        new("NICEPAY_CARD", "NICEPAY CARD", PaymentLinkMethod.Card, "Credit or debit card", "Credit or debit card"),
    ];

    /// <summary>Those that the sandbox gateway takes without a token: all but cards.</summary>
    public static MethodsDecidedLater InSandbox { get; } =
        new(All.Where(method => method.Group != PaymentLinkMethod.Card).Select(method => method.Code).ToHashSet(StringComparer.Ordinal));

    private static readonly FrozenDictionary<string, PaymentLinkMethod> ByCode = All.ToFrozenDictionary(method => method.Code, StringComparer.Ordinal);

    /// <summary>The method of a code, or null. <c>va_bri</c> is none.</summary>
    public static PaymentLinkMethod? Find(string code) => ByCode.GetValueOrDefault(code);

    private static PaymentLinkMethod VirtualAccount(string bank) => new($"VA_{bank}", $"VA {bank}", PaymentLinkMethod.VirtualAccount, $"Virtual Account {bank}", bank);

    private static PaymentLinkMethod EWallet(string code, string name) => new($"EWALLET_{code}", $"EWALLET {code}", PaymentLinkMethod.EWallet, $"E-wallet {name}", name);
}
